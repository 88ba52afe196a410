import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { barsOf, type Bar } from './bars.ts';
import type { Waterfall } from './use-waterfall.ts';
import { waterfallWords } from './words.ts';

const isOutgoing = ({ direction }: Bar): boolean => direction === 'falls' || direction === 'won';
const signed = (bar: Bar) =>
  isOutgoing(bar) && Number(bar.amount.value) > 0 ? { ...bar.amount, value: `-${bar.amount.value}` } : bar.amount;

/** The same to the cent, for those who reconcile. */
export function Statement({ fall }: { fall: Waterfall }) {
  const t = useWords(waterfallWords);
  const { money, number } = useFormats();
  const isOfSome = fall.lines.some(({ line }) => line === 'movedIn');
  const columns: readonly Column<Bar>[] = [
    { key: 'line', name: t('line'), value: ({ name }) => t(name) },
    {
      key: 'count',
      name: t('howMany'),
      value: ({ count }) => count,
      show: ({ count }) => number(count),
      isFigure: true,
    },
    {
      key: 'amount',
      name: fall.opening.amount.currency,
      value: (bar) => Number(signed(bar).value),
      show: (bar) => money(signed(bar)),
      isFigure: true,
    },
  ];
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('statement')}</h2>
        <span className="panel-hint">{t(isOfSome ? 'statementHintOfSome' : 'statementHint')}</span>
      </div>
      <div className="panel-body">
        <DataTable
          name={t('statement')}
          columns={columns}
          rows={barsOf(fall)}
          keyOf={({ name }) => name}
          isSortable={false}
        />
      </div>
    </section>
  );
}
