import { memo, useRef, type CSSProperties, type RefObject } from 'react';
import { isTextDropItem, useDrop } from 'react-aria-components/useDrop';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { useWindow } from '../../parts/virtual/use-window.ts';
import { useBoardActions } from './board-actions.ts';
import { Card, cardType } from './card.tsx';
import type { Column as ColumnFacts } from './columns.ts';
import { useCardFocus } from './use-card-focus.ts';
import { boardWords } from './words.ts';

/** Cards have one height, so that ten thousand of them need no measuring. */
const rowHeight = 118;

const useCardDrop = (stage: string, ref: RefObject<HTMLElement | null>) => {
  const { move, find } = useBoardActions();
  return useDrop({
    ref,
    getDropOperation: (types) => (types.has(cardType) ? 'move' : 'cancel'),
    onDrop: async ({ items }) => {
      const item = items.find(isTextDropItem);
      const deal = item && find(await item.getText(cardType));
      if (deal) move(deal, stage);
    },
  });
};

/** A stage: its sums above, its cards below; takes what is dropped on it. */
export const Column = memo(function Column({ column, color }: { column: ColumnFacts; color: string }) {
  const t = useWords(boardWords);
  const { stage, deals } = column;
  const ref = useRef<HTMLElement>(null);
  const view = useWindow(deals.length, rowHeight);
  const { stop, ...focus } = useCardFocus(deals, view.reveal);
  const { dropProps, isDropTarget } = useCardDrop(stage.key, ref);
  const rows = [...new Set([...range(view.first, view.last), ...(stop < deals.length ? [stop] : [])])];
  return (
    <section
      {...dropProps}
      ref={ref}
      role="group"
      tabIndex={-1}
      className="column"
      aria-label={stage.label}
      data-stage={stage.key}
      data-target={isDropTarget || undefined}
      style={{ '--stage': color } as CSSProperties}
    >
      <ColumnHead column={column} />
      <div className="column-scroll" ref={view.ref} onScroll={view.onScroll}>
        {deals.length === 0 && <p className="column-empty">{t('empty')}</p>}
        <ul {...focus} className="column-cards" style={{ blockSize: deals.length * rowHeight }}>
          {rows.map((index) => {
            const deal = deals[index];
            return (
              deal && (
                <Card
                  key={deal.id}
                  deal={deal}
                  index={index}
                  count={deals.length}
                  isStop={index === stop}
                  top={index * rowHeight}
                />
              )
            );
          })}
        </ul>
      </div>
    </section>
  );
});

const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);

function ColumnHead({ column: { stage, deals, amount, weighted } }: { column: ColumnFacts }) {
  const t = useWords(boardWords);
  const formats = useFormats();
  return (
    <header className="column-head">
      <h2>
        <span className="column-name">{stage.label}</span>
        <span className="column-count figures">{formats.number(deals.length)}</span>
      </h2>
      <p className="figures">
        <strong>{formats.shortMoney(amount)}</strong>
        <span>{t('weightedOf', { amount: formats.shortMoney(weighted) })}</span>
      </p>
    </header>
  );
}
