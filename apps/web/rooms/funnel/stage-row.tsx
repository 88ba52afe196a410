import type { CSSProperties } from 'react';
import { Button } from 'react-aria-components/Button';
import { stageColor } from '../../design/stage-colors.ts';
import { frameWords } from '../../frame/words.ts';
import { useFieldName } from '../../language/use-field-name.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { Conversion } from './conversion.tsx';
import type { OpenPart } from './funnel-chart.tsx';
import type { Measure } from './route.ts';
import { outlineOf, type Band } from './shape.ts';
import type { StageFigures } from './use-funnel-report.ts';
import { funnelWords } from './words.ts';

const height = 64;

interface StageRowProps {
  readonly stage: StageFigures;
  readonly band: Band;
  readonly place: { readonly index: number; readonly count: number };
  readonly limitDays: number | null;
  readonly by: Measure;
  readonly onOpen: OpenPart;
}

/** What a band says: the figure that its width stands for, and the one beside it. */
const useFigures = (stage: StageFigures, by: Measure): readonly [string, string] => {
  const { shortMoney, number } = useFormats();
  const terms = useWords(frameWords);
  const deals = (count: number) => terms('deals', { count, shown: number(count) });
  switch (by) {
    case 'amount':
      return [shortMoney(stage.openAmount), deals(stage.openCount)];
    case 'count':
      return [number(stage.openCount), shortMoney(stage.openAmount)];
    case 'weighted':
      return [shortMoney(stage.weightedAmount), shortMoney(stage.openAmount)];
    case 'entered':
      return [number(stage.entered), deals(stage.openCount)];
  }
};

export function StageRow({ stage, band, place, limitDays, by, onOpen }: StageRowProps) {
  return (
    <li className="funnel-row">
      <StageName stage={stage} place={place} />
      <StageBand stage={stage} band={band} color={stageColor(place.index, place.count)} by={by} onOpen={onOpen} />
      <Conversion stage={stage} />
      <Lost stage={stage} onOpen={onOpen} />
      <Dwell stage={stage} limitDays={limitDays} />
    </li>
  );
}

function StageName({ stage, place }: Pick<StageRowProps, 'stage' | 'place'>) {
  const t = useWords(funnelWords);
  const terms = useWords(frameWords);
  const name = useFieldName();
  const { percent } = useFormats();
  return (
    <div className="funnel-stage">
      <span className="funnel-dot" style={{ background: stageColor(place.index, place.count) }} />
      <span>
        <strong>{name(stage.label)}</strong>
        <small>
          {stage.part && terms(`part_${stage.part}`)}
          {stage.weight !== null && <> · {t('weight', { weight: percent(stage.weight) })}</>}
        </small>
      </span>
    </div>
  );
}

interface StageBandProps extends Pick<StageRowProps, 'stage' | 'band' | 'by' | 'onOpen'> {
  readonly color: string;
}

/** The share of the width that a figure needs. */
const figureWidth = 0.34;
const besideIfNarrow = ({ top, bottom }: Band): CSSProperties => {
  // It stands at half the height of the band.
  const isNarrow = (top + bottom) / 2 < figureWidth;
  return isNarrow ? { position: 'absolute', insetInlineStart: `calc(${50 + top * 50}% + 10px)` } : {};
};

function StageBand({ stage, band, color, by, onOpen }: StageBandProps) {
  const t = useWords(funnelWords);
  const name = useFieldName();
  const [figure, beside] = useFigures(stage, by);
  return (
    <Button
      className="funnel-band"
      aria-label={t('stageOpens', { stage: name(stage.label), value: `${figure}, ${beside}` })}
      onPress={() => onOpen({ stage: stage.key, show: 'open' })}
    >
      <svg viewBox={`0 0 1000 ${height}`} preserveAspectRatio="none" aria-hidden>
        <path d={outlineOf(band, height)} fill={color} />
      </svg>
      <span className="funnel-figure figures" style={besideIfNarrow(band)}>
        <strong>{figure}</strong> <span>{beside}</span>
      </span>
    </Button>
  );
}

function Lost({ stage, onOpen }: Pick<StageRowProps, 'stage' | 'onOpen'>) {
  const t = useWords(funnelWords);
  const name = useFieldName();
  const { percent, number } = useFormats();
  const open = () => onOpen({ stage: stage.key, show: 'lost' });
  const label = t('showLost', { count: stage.lost, stage: name(stage.label) });
  return (
    <div className="funnel-lost figures">
      <span className="funnel-term">{t('lostHere')}</span>
      <Button className="link-button" onPress={open} aria-label={label} isDisabled={stage.lost === 0}>
        {number(stage.lost)}
      </Button>
      <small>{stage.entered > 0 ? percent(stage.lost / stage.entered) : ''}</small>
    </div>
  );
}

function Dwell({ stage: { dwell }, limitDays }: Pick<StageRowProps, 'stage' | 'limitDays'>) {
  const t = useWords(funnelWords);
  const { duration } = useFormats();
  const { medianSeconds, p90Seconds } = dwell;
  if (medianSeconds === null || p90Seconds === null) return <div className="funnel-dwell">{t('none')}</div>;
  const isLong = limitDays !== null && p90Seconds > limitDays * 86_400;
  return (
    <div className="funnel-dwell figures">
      <span className="funnel-term">{t('dwell')}</span>
      <span>{duration(medianSeconds)}</span>
      <small className={isLong ? 'funnel-long' : undefined}>{t('p90', { p90: duration(p90Seconds) })}</small>
    </div>
  );
}
