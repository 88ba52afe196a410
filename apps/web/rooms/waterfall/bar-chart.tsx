import type { CSSProperties } from 'react';
import { Button } from 'react-aria-components/Button';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { barsOf, type Bar } from './bars.ts';
import type { LineName } from './route.ts';
import type { Waterfall } from './use-waterfall.ts';
import { waterfallWords } from './words.ts';

interface BarsProps {
  readonly fall: Waterfall;
  readonly onOpen: (line: LineName) => void;
}

/** Upright on a laptop, lying on a phone. */
export function Bars({ fall, onOpen }: BarsProps) {
  return (
    <ol className="waterfall-bars">
      {barsOf(fall).map((bar) => (
        <li key={bar.name} className={`waterfall-bar waterfall-${bar.direction}`} style={placeOf(bar)}>
          <BarFace bar={bar} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  );
}

const placeOf = ({ start, size, level }: Bar) =>
  ({ '--start': start, '--size': size, '--level': level }) as CSSProperties;

const signs = { stands: '', rises: '+', falls: '−', won: '−' } as const;

function BarFace({ bar, onOpen }: { bar: Bar; onOpen: BarsProps['onOpen'] }) {
  const t = useWords(waterfallWords);
  const { shortMoney, number } = useFormats();
  const { name, direction, count } = bar;
  const amount = `${count > 0 ? signs[direction] : ''}${shortMoney(bar.amount)}`;
  const counted = { count, shown: number(count) };
  const events = direction === 'stands' ? t('deals', counted) : t('events', counted);
  const face = (
    <>
      <span className="waterfall-track" aria-hidden>
        <span className="waterfall-fill" />
        {name !== 'closing' && <span className="waterfall-link" />}
      </span>
      <span className="waterfall-name">{t(name)}</span>
      <strong className="figures">{amount}</strong>
      <small className="figures">{events}</small>
    </>
  );
  if (name === 'opening' || name === 'closing') return <div className="waterfall-face">{face}</div>;
  return (
    <Button
      className="waterfall-face"
      aria-label={t('opens', { line: t(name), amount, events })}
      isDisabled={count === 0}
      onPress={() => onOpen(name)}
    >
      {face}
    </Button>
  );
}
