import { ArrowDown, ArrowUp } from 'lucide-react';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Stat, Stats } from '../../parts/stat.tsx';
import type { Comparison } from './forecast-reads.ts';
import { forecastWords } from './words.ts';

type Figures = Comparison['accuracy']['baseline'];

/** How far the forecast was off, as it was and under the weights that are tried. */
export function Accuracy({ before, after }: { before: Figures; after: Figures }) {
  const t = useWords(forecastWords);
  return (
    <Stats>
      <Measure name={t('wape')} hint={t('wapeHint')} before={before.wape} after={after.wape} />
      <Measure name={t('bias')} hint={t('biasHint')} before={before.bias} after={after.bias} isSigned />
    </Stats>
  );
}

interface MeasureProps {
  readonly name: string;
  readonly hint: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly isSigned?: boolean;
}

function Measure({ name, hint, before, after, isSigned = false }: MeasureProps) {
  const t = useWords(forecastWords);
  const { percent } = useFormats();
  const told = (value: number | null): string => {
    if (value === null) return '–';
    return isSigned && value > 0 ? `+${percent(value)}` : percent(value);
  };
  const more = (
    <>
      {t('asItWas')}: {told(before)} <Change before={before} after={after} />
      <span className="stat-formula">{hint}</span>
    </>
  );
  return <Stat name={name} value={told(after)} more={more} />;
}

/** Nearer to nothing is better, from either side. */
function Change({ before, after }: { before: number | null; after: number | null }) {
  const t = useWords(forecastWords);
  const { number } = useFormats();
  if (before === null || after === null || before === after) return null;
  const gained = Math.abs(before) - Math.abs(after);
  const Arrow = gained > 0 ? ArrowDown : ArrowUp;
  return (
    <span className={gained > 0 ? 'tag tag-good' : 'tag tag-bad'}>
      <Arrow aria-hidden size={12} />
      {t(gained > 0 ? 'better' : 'worse', { points: number(Math.round(Math.abs(gained) * 1_000) / 10) })}
    </span>
  );
}
