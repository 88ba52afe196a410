import { memo, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type RefObject } from 'react';
import { isTextDropItem, useDrop } from 'react-aria-components/useDrop';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { useWindow } from '../../parts/virtual/use-window.ts';
import { useBoardActions } from './board-actions.ts';
import { Card, cardType } from './card.tsx';
import type { Column as ColumnFacts } from './columns.ts';
import { boardWords } from './words.ts';

/** Cards have one height, so that ten thousand of them need no measuring. */
const rowHeight = 118;

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 5,
  PageUp: -5,
  End: Infinity,
  Home: -Infinity,
};

/** Arrows lead from card to card; Tab stops once a column. */
const useCardFocus = (count: number, reveal: (index: number) => void) => {
  const list = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState(0);
  const wanted = useRef(false);
  const shown = Math.min(stop, Math.max(0, count - 1));
  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    list.current?.querySelector<HTMLElement>(`[data-index="${shown}"] a`)?.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    if (step === undefined || !(event.target as HTMLElement).matches('a')) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(count - 1, shown + step));
    wanted.current = true;
    setStop(next);
    reveal(next);
  };
  const onFocus = (event: { target: Element }) => {
    const index = event.target.closest('[data-index]')?.getAttribute('data-index');
    if (index !== null && index !== undefined) setStop(Number(index));
  };
  return { list, stop: shown, onKeyDown, onFocus };
};

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
  const { list, stop, onKeyDown, onFocus } = useCardFocus(deals.length, view.reveal);
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
      data-target={isDropTarget || undefined}
      style={{ '--stage': color } as CSSProperties}
    >
      <ColumnHead column={column} />
      <div className="column-scroll" ref={view.ref} onScroll={view.onScroll}>
        {deals.length === 0 && <p className="column-empty">{t('empty')}</p>}
        <ul
          ref={list}
          className="column-cards"
          style={{ blockSize: deals.length * rowHeight }}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
        >
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
