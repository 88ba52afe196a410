import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { frameWords } from '../../frame/words.ts';
import { Choice } from '../../parts/choice.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { CellSheet } from './cell-sheet.tsx';
import type { Comparison } from './forecast-reads.ts';
import { useGroup, useGroupNames } from './use-group.ts';
import { useQuestion } from './use-question.ts';
import { forecastWords } from './words.ts';

const idOf = (key: string | null): string => key ?? '-';

/** Whose lines are drawn, where there is more than one group. */
export function GroupChoice({ comparison }: { comparison: Comparison }) {
  const t = useWords(forecastWords);
  const { by } = useQuestion();
  const nameOf = useGroupNames();
  const { group, groups, choose } = useGroup(comparison);
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

type Figures = Comparison['periods'][number]['groups'][number];
/** One cell of the answer. */
export type Cell = Figures & { readonly at: string };

const cellsOf = ({ periods }: Comparison): readonly Cell[] =>
  periods.flatMap(({ at, groups }) => groups.map((group) => ({ ...group, at }))).reverse();

const useColumns = (onOpen: (cell: Cell) => void): readonly Column<Cell>[] => {
  const t = useWords(forecastWords);
  const frame = useWords(frameWords);
  const { day, wholeMoney, number } = useFormats();
  const { by } = useQuestion();
  const nameOf = useGroupNames();
  const money = (key: 'amount' | 'baseline' | 'candidate' | 'realized', name: string): Column<Cell> => ({
    ...{ key, name, isFigure: true, value: (cell) => Number(cell[key].value) },
    show: (cell) => wholeMoney(cell[key]),
  });
  const told = (cell: Cell): string => `${nameOf(cell.key)}, ${day(cell.at)}`;
  return [
    { key: 'at', name: t('periodEnd'), value: ({ at }) => at, show: ({ at }) => day(at) },
    ...(by === 'total' ? [] : [{ key: 'group', name: t(`by_${by}`), value: ({ key }: Cell) => nameOf(key) }]),
    {
      key: 'count',
      name: frame('count'),
      isFigure: true,
      value: ({ count }) => count,
      show: (cell) => (
        <Button className="link-button" aria-label={t('openCell', { cell: told(cell) })} onPress={() => onOpen(cell)}>
          {number(cell.count)}
        </Button>
      ),
    },
    money('amount', frame('amount')),
    money('baseline', t('asItWas')),
    money('candidate', t('reforecast')),
    money('realized', t('realized')),
  ];
};

/** They are drawn anew whenever a weight is moved. */
const rowsAtOnce = 48;

/** Every cell of the answer, the latest period end first; each opens to its deals. */
export function GroupTable({ comparison }: { comparison: Comparison }) {
  const t = useWords(forecastWords);
  const [opened, open] = useState<Cell>();
  const columns = useColumns(open);
  return (
    <>
      <DataTable
        name={t('figures')}
        columns={columns}
        rows={cellsOf(comparison)}
        keyOf={({ at, key }) => `${at} ${idOf(key)}`}
        atOnce={rowsAtOnce}
      />
      {opened && <CellSheet cell={opened} onClose={() => open(undefined)} />}
    </>
  );
}
