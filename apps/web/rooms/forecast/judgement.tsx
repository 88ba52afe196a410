import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import type { Calibration } from './forecast-reads.ts';
import { forecastWords } from './words.ts';

export const judgedSets = ['asItWas', 'byCount', 'byAmount'] as const;
type Row = Calibration['judged'][(typeof judgedSets)[number]] & { readonly set: (typeof judgedSets)[number] };

/** How good each set of weights was on the period ends that nothing was learnt from. */
export function Judgement({ calibration }: { calibration: Calibration }) {
  const t = useWords(forecastWords);
  const { percent } = useFormats();
  const score = (key: 'wape' | 'bias' | 'brier', show: (value: number) => string): Column<Row> => ({
    ...{ key, name: t(key), isFigure: true, value: (row) => row[key] },
    show: ({ [key]: value }) => (value === null ? '–' : show(value)),
  });
  const columns: Column<Row>[] = [
    { key: 'set', name: t('weights'), value: ({ set }) => t(set) },
    score('wape', percent),
    score('bias', percent),
    score('brier', (value) => value.toFixed(4)),
  ];
  const rows = judgedSets.map((set) => ({ set, ...calibration.judged[set] }));
  return <DataTable name={t('judged')} columns={columns} rows={rows} keyOf={({ set }) => set} isSortable={false} />;
}
