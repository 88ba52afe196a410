import { useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import { useBoardActions } from './board-actions.ts';

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 5,
  PageUp: -5,
  End: Infinity,
  Home: -Infinity,
};

interface Holding {
  /** The card that was just moved. */
  readonly followed: string | undefined;
  /** The card of this column that had the focus. */
  readonly held: string | undefined;
}

/** What the focus is to be on after a column has changed: the card that came, or whatever took the place of one that left. */
const newlyWanted = (deals: readonly OpenDeal[], { followed, held }: Holding): number | 'same-place' | undefined => {
  const arrived = followed === undefined ? -1 : deals.findIndex(({ id }) => id === followed);
  if (arrived >= 0) return arrived;
  const isLost = held !== undefined && document.activeElement === document.body;
  return isLost && deals.every(({ id }) => id !== held) ? 'same-place' : undefined;
};

/** A menu or a form that is only just closing keeps everything else from having the focus, for some frames. */
const focus = (card: HTMLElement, framesLeft = 10): void => {
  card.focus({ preventScroll: true });
  if (document.activeElement === card || framesLeft === 0) return;
  requestAnimationFrame(() => focus(card, framesLeft - 1));
};

/** The place of a card, wherever it has got to; where it was last, when it is gone. */
const placeOf = (deals: readonly OpenDeal[], { id, index }: { id: string | undefined; index: number }): number => {
  const now = id === undefined ? -1 : deals.findIndex((deal) => deal.id === id);
  return now >= 0 ? now : Math.max(0, Math.min(index, deals.length - 1));
};

/**
 * Arrows lead from card to card; Tab stops once a column. The focus goes along with a card that is moved, and from one that
 * leaves the board to the card that takes its place.
 */
export const useCardFocus = (deals: readonly OpenDeal[], reveal: (index: number) => void) => {
  const { followed } = useBoardActions();
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<{ id: string | undefined; index: number }>({ id: undefined, index: 0 });
  const wanted = useRef<number>(undefined);
  const held = useRef<string>(undefined);
  const stop = placeOf(deals, chosen);
  const choose = (index: number) => setChosen({ id: deals[index]?.id, index });
  const goTo = (index: number) => {
    wanted.current = index;
    choose(index);
    reveal(index);
  };
  useLayoutEffect(() => {
    const found = newlyWanted(deals, { followed: followed.current, held: held.current });
    if (found === undefined) return;
    if (found !== 'same-place') followed.current = undefined;
    held.current = undefined;
    goTo(found === 'same-place' ? stop : found);
  }, [deals]);
  useLayoutEffect(() => {
    const card = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] a`);
    if (wanted.current === undefined || !card) return;
    wanted.current = undefined;
    focus(card);
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    if (step === undefined || !(event.target as HTMLElement).matches('a')) return;
    event.preventDefault();
    goTo(Math.max(0, Math.min(deals.length - 1, stop + step)));
  };
  const onFocus = ({ target }: FocusEvent) => {
    const index = target.closest('[data-index]')?.getAttribute('data-index');
    if (index === null || index === undefined) return;
    choose(Number(index));
    held.current = deals[Number(index)]?.id;
  };
  const onBlur = ({ target }: FocusEvent) => {
    // A card that is taken away loses the focus without having given it away.
    if (target.isConnected) held.current = undefined;
  };
  return { stop, ref: list, onKeyDown, onFocus, onBlur };
};
