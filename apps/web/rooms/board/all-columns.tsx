import type { KeyboardEvent } from 'react';
import { stageColor } from '../../design/stage-colors.ts';
import { useWords } from '../../language/words.ts';
import { Column } from './column.tsx';
import type { Column as ColumnFacts } from './columns.ts';
import { boardWords } from './words.ts';

/** Left and right lead from a card to the column beside it. */
const crossColumns = (event: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const target = event.target as HTMLElement;
  if (!step || !target.matches('.card-title')) return;
  const columns = [...event.currentTarget.querySelectorAll('.column')];
  const from = columns.findIndex((column) => column.contains(target));
  const beyond = step > 0 ? columns.slice(from + 1) : columns.slice(0, from).toReversed();
  const next = beyond.map((column) => column.querySelector<HTMLElement>('.card-title[tabindex="0"]')).find(Boolean);
  event.preventDefault();
  next?.focus();
};

export function Columns({ columns }: { columns: readonly ColumnFacts[] }) {
  const t = useWords(boardWords);
  return (
    <div className="columns" role="region" aria-label={t('columns')} tabIndex={0} onKeyDown={crossColumns}>
      {columns.map((column, index) => (
        <Column key={column.stage.key} column={column} color={stageColor(index, columns.length)} />
      ))}
    </div>
  );
}
