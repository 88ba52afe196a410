import { useDeferredValue, useLayoutEffect, useMemo, useRef } from 'react';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import { columnsOf, type Column, type PendingMoves } from './columns.ts';

const wordsIn = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

interface Given {
  readonly deals: readonly OpenDeal[] | undefined;
  /** What is searched for, as it is typed. */
  readonly typed: string;
  readonly pending: PendingMoves;
}

/** Filtering ten thousand cards must not hold up the typing: the cards follow when there is time. */
export const useColumns = ({ stages, currency }: Funnel, { deals, typed, pending }: Given): readonly Column[] => {
  const words = useDeferredValue(typed);
  const drawn = useRef<readonly Column[]>([]);
  const columns = useMemo(
    () => columnsOf({ stages, currency, deals: deals ?? [], words: wordsIn(words), pending }, drawn.current),
    [stages, currency, deals, words, pending],
  );
  useLayoutEffect(() => {
    drawn.current = columns;
  }, [columns]);
  return columns;
};
