import { bandsOf } from './shape.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import type { FunnelSearch, Measure } from './route.ts';
import { StageRow } from './stage-row.tsx';
import type { FunnelReport, StageFigures } from './use-funnel-report.ts';
import { useWords } from '../../language/words.ts';
import { funnelWords } from './words.ts';

export type OpenPart = (part: Pick<FunnelSearch, 'stage' | 'show'>) => void;

const measured: Readonly<Record<Measure, (stage: StageFigures) => number>> = {
  amount: ({ openAmount }) => Number(openAmount.value),
  count: ({ openCount }) => openCount,
  weighted: ({ weightedAmount }) => Number(weightedAmount.value),
  entered: ({ entered }) => entered,
};

interface FunnelChartProps {
  readonly report: FunnelReport;
  readonly funnel: Funnel;
  readonly by: Measure;
  readonly onOpen: OpenPart;
}

/** The tapered funnel: a row per stage with what stands there, what goes on, what is lost and how long it takes. */
export function FunnelChart({ report, funnel, by, onOpen }: FunnelChartProps) {
  const t = useWords(funnelWords);
  const bands = bandsOf(report.stages.map(measured[by]));
  const limitOf = (key: string) => funnel.stages.find((stage) => stage.key === key)?.maxDwellDays ?? null;
  return (
    <div className="funnel-chart">
      <div className="funnel-head" aria-hidden>
        <span />
        <span />
        <span>{t('goOn')}</span>
        <span>{t('lostHere')}</span>
        <span>{t('dwell')}</span>
      </div>
      <ol>
        {report.stages.map((stage, index) => (
          <StageRow
            key={stage.key}
            stage={stage}
            band={bands[index] ?? { top: 0, bottom: 0 }}
            place={{ index, count: report.stages.length }}
            limitDays={limitOf(stage.key)}
            by={by}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </div>
  );
}
