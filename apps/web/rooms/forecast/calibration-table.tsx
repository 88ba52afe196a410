import { FlaskConical } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { frameWords } from '../../frame/words.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Adopt } from './adopt.tsx';
import type { Calibration } from './forecast-reads.ts';
import { useQuestion, useStages } from './use-question.ts';
import { writeWeights, type Weights } from './weights.ts';
import { forecastWords } from './words.ts';

type Stage = Calibration['stages'][number];
const bases = ['byCount', 'byAmount'] as const;
type Basis = (typeof bases)[number];

const learntBy = ({ stages }: Calibration, basis: Basis): Weights =>
  Object.fromEntries(stages.flatMap(({ stage, [basis]: weight }) => (weight === null ? [] : [[stage, weight]])));

/** Stage by stage: what was said, what came, and how sure that is. */
export function CalibrationTable({ calibration }: { calibration: Calibration }) {
  const t = useWords(forecastWords);
  const { change } = useQuestion();
  const columns = useColumns();
  const attempt = (basis: Basis) => change({ view: 'weights', weights: writeWeights(learntBy(calibration, basis)) });
  return (
    <>
      <DataTable name={t('learnt')} columns={columns} rows={calibration.stages} keyOf={({ stage }) => stage} />
      <div className="forecast-actions no-print">
        {bases.map((basis) => (
          <Button key={basis} className="button" onPress={() => attempt(basis)}>
            <FlaskConical aria-hidden size={15} /> {t(`try_${basis}`)}
          </Button>
        ))}
        {bases.map((basis) => (
          <Adopt key={basis} calibration={calibration} basis={basis} />
        ))}
      </div>
    </>
  );
}

const useColumns = (): readonly Column<Stage>[] => {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { percent, number, wholeMoney } = useFormats();
  const stages = useStages();
  const share = (key: 'weight' | Basis, name: string): Column<Stage> => ({
    ...{ key, name, isFigure: true, value: (stage) => stage[key] },
    show: ({ [key]: value }) => (value === null ? '–' : percent(value)),
  });
  return [
    {
      key: 'stage',
      name: frame('stage'),
      value: ({ stage }) => stages.find(({ key }) => key === stage)?.label ?? stage,
    },
    { key: 'count', name: t('sample'), isFigure: true, value: ({ count }) => count, show: (row) => number(row.count) },
    { key: 'wins', name: t('wins'), isFigure: true, value: ({ wins }) => wins, show: ({ wins }) => number(wins) },
    {
      key: 'amount',
      name: frame('amount'),
      isFigure: true,
      value: ({ amount }) => Number(amount.value),
      show: ({ amount }) => wholeMoney(amount),
    },
    share('weight', t('asItWas')),
    share('byCount', t('byCount')),
    share('byAmount', t('byAmount')),
    {
      key: 'interval',
      name: t('interval'),
      value: ({ interval }) => interval && `${interval.low}–${interval.high}`,
      show: (stage) => <Interval stage={stage} />,
    },
  ];
};

/** The weight as it was against what the sample allows. */
function Interval({ stage: { interval, weight, byCount } }: { stage: Stage }) {
  const t = useWords(forecastWords);
  const { percent } = useFormats();
  if (!interval) return '–';
  const { low, high } = interval;
  const label = t('intervalTold', { low: percent(low), high: percent(high), weight: percent(weight) });
  const isInside = weight >= low && weight <= high;
  return (
    <svg className="interval" role="img" aria-label={label}>
      <title>{label}</title>
      <rect className="interval-track" y="45%" width="100%" height="10%" />
      <rect
        className="interval-range"
        x={`${low * 100}%`}
        width={`${(high - low) * 100}%`}
        y="25%"
        height="50%"
        rx="2"
      />
      {byCount !== null && <circle className="interval-learnt" cx={`${byCount * 100}%`} cy="50%" r="4" />}
      <rect
        className={isInside ? 'interval-then' : 'interval-then interval-outside'}
        x={`${weight * 100}%`}
        width="2.5"
        height="100%"
        transform="translate(-1)"
      />
    </svg>
  );
}
