import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { frameWords } from '../../frame/words.ts';
import { Choice } from '../../parts/choice.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import type { Reforecast } from './forecast-reads.ts';
import { useGroup, useGroupNames } from './use-group.ts';
import { useQuestion } from './use-question.ts';
import { forecastWords } from './words.ts';

const idOf = (key: string | null): string => key ?? '-';

/** Whose lines are drawn, where there is more than one group. */
export function GroupChoice({ reforecast }: { reforecast: Reforecast }) {
  const t = useWords(forecastWords);
  const { by } = useQuestion();
  const nameOf = useGroupNames();
  const { group, groups, choose } = useGroup(reforecast);
  if (by === 'total' || groups.length === 0) return null;
  const options = groups.map((key) => ({ id: idOf(key), name: nameOf(key) }));
  return (
    <Choice
      label={t(`by_${by}`)}
      options={options}
      chosen={idOf(group)}
      onChoose={(id) => choose(id === '-' ? null : id)}
    />
  );
}

type Figures = Reforecast['periods'][number]['groups'][number];
type Row = Figures & { readonly at: string; readonly before: Figures['forecast'] | undefined };

const rowsOf = (before: Reforecast, after: Reforecast): readonly Row[] =>
  after.periods
    .flatMap(({ at, groups }, index) =>
      groups.map((group) => ({
        ...group,
        at,
        before: before.periods[index]?.groups.find(({ key }) => key === group.key)?.forecast,
      })),
    )
    .reverse();

/** Every cell of the answer, the latest period end first. */
export function GroupTable({ before, after }: { before: Reforecast; after: Reforecast }) {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { day, wholeMoney, number } = useFormats();
  const { by } = useQuestion();
  const nameOf = useGroupNames();
  const money = (key: string, name: string, of: (row: Row) => Figures['amount'] | undefined): Column<Row> => ({
    key,
    name,
    isFigure: true,
    value: (row) => (of(row) ? Number(of(row)?.value) : null),
    show: (row) => {
      const shown = of(row);
      return shown ? wholeMoney(shown) : '–';
    },
  });
  const columns: Column<Row>[] = [
    { key: 'at', name: t('periodEnd'), value: ({ at }) => at, show: ({ at }) => day(at) },
    ...(by === 'total' ? [] : [{ key: 'group', name: t(`by_${by}`), value: ({ key }: Row) => nameOf(key) }]),
    {
      key: 'count',
      name: frame('count'),
      isFigure: true,
      value: ({ count }) => count,
      show: (row) => number(row.count),
    },
    money('amount', frame('amount'), ({ amount }) => amount),
    money('before', t('asItWas'), (row) => row.before),
    money('forecast', t('reforecast'), ({ forecast }) => forecast),
    money('realized', t('realized'), ({ realized }) => realized),
  ];
  return (
    <DataTable
      name={t('figures')}
      columns={columns}
      rows={rowsOf(before, after)}
      keyOf={({ at, key }) => `${at} ${idOf(key)}`}
    />
  );
}
