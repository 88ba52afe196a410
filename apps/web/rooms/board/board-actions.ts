import { createContext, useContext, type RefObject } from 'react';
import type { DealAction } from '../../deals/deal-actions.tsx';
import type { OpenDeal } from '../../deals/open-deals/open-deals.ts';
import type { Stage } from '../../deals/use-funnel.ts';

/** What cards and columns may do; the same object as long as nothing of it changes, so that cards need not be drawn anew. */
export interface BoardActions {
  readonly stages: readonly Stage[];
  readonly isReadOnly: boolean;
  readonly now: number;
  readonly ownerName: (id: string | null) => string | null;
  /** The card that was just moved: the focus goes along with it. */
  readonly followed: RefObject<string | undefined>;
  readonly move: (deal: OpenDeal, to: string) => void;
  readonly act: (deal: OpenDeal, action: DealAction) => void;
  /** Opens the one menu of the board beside a card's button. */
  readonly openMenu: (deal: OpenDeal, button: HTMLElement) => void;
  /** Where a deal is, and how to go there. */
  readonly hrefOf: (id: string) => string;
  readonly go: (href: string) => void;
  /** A card by its id, for what is dropped. */
  readonly find: (id: string) => OpenDeal | undefined;
}

export const BoardActionsContext = createContext<BoardActions | undefined>(undefined);

export const useBoardActions = (): BoardActions => {
  const actions = useContext(BoardActionsContext);
  if (!actions) throw new Error('a card needs a board around it');
  return actions;
};
