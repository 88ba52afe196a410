import { useRef, useState, type ReactNode } from 'react';
import { send } from '../../api/client.ts';
import type { Funnel } from '../../frame/chosen-funnel.ts';
import type { DealAtHand } from '../deal-at-hand.ts';
import { directionOf } from './direction.ts';
import { MoveSheet } from './move-sheet.tsx';

/** What is said along with a move. */
export interface Saying {
  readonly reason?: string | undefined;
  readonly override?: { readonly reason: string } | undefined;
}
/** A move that is asked about, or that was refused. */
export interface OpenMove {
  readonly deal: DealAtHand;
  readonly to: string;
  readonly refusal?: unknown;
}
/** Told what happens to a move, so that a card may go ahead of the product's answer and come back. */
export interface MoveFollower {
  onTry?(deal: DealAtHand, to: string): void;
  onDone?(deal: DealAtHand, revision: number): void;
  onRefused?(deal: DealAtHand): void;
}
export interface Mover {
  /** Moves a deal to another stage; asks for a reason where it goes back. */
  readonly move: (deal: DealAtHand, to: string) => void;
  /** What is asked or explained over the room; to be rendered. */
  readonly sheet: ReactNode;
}

/** Sends a move when the one before it of the same deal is done, on top of it; not at all where that one was refused. */
const useMovesInTurn = () => {
  const underWay = useRef(new Map<string, Promise<number | undefined>>());
  return async (
    { id, revision }: DealAtHand,
    perform: (ifMatch: number | undefined) => Promise<number>,
  ): Promise<number | undefined> => {
    const before = underWay.current.get(id);
    const performed = async () => {
      if (!before) return perform(revision);
      const reached = await before.catch(() => undefined);
      return reached === undefined ? undefined : perform(reached);
    };
    const mine = performed();
    underWay.current.set(id, mine);
    return mine.finally(() => {
      if (underWay.current.get(id) === mine) underWay.current.delete(id);
    });
  };
};

/** Moves deals through their funnel. A refusal is explained, with what would help. */
export const useMover = (funnel: Funnel | undefined, follower: MoveFollower = {}): Mover => {
  const [open, setOpen] = useState<OpenMove>();
  const inTurn = useMovesInTurn();
  const perform = async (deal: DealAtHand, to: string, saying: Saying = {}): Promise<void> => {
    const direction = funnel && directionOf(funnel, { from: deal.stage, to });
    if (!direction) return;
    setOpen(undefined);
    follower.onTry?.(deal, to);
    try {
      const told = { params: { id: deal.id }, body: { to, ...saying } };
      const revision = await inTurn(deal, async (ifMatch) => {
        return (await send(['POST', `/api/deals/:id/${direction}`], told, { ifMatch })).revision;
      });
      if (revision !== undefined) follower.onDone?.(deal, revision);
    } catch (refusal) {
      follower.onRefused?.(deal);
      setOpen({ deal, to, refusal });
    }
  };
  const move = (deal: DealAtHand, to: string) => {
    const goesBack = funnel && directionOf(funnel, { from: deal.stage, to }) === 'regress';
    if (goesBack) setOpen({ deal, to });
    else void perform(deal, to);
  };
  const sheet = funnel && open && (
    <MoveSheet funnel={funnel} move={open} onMove={perform} onClose={() => setOpen(undefined)} />
  );
  return { move, sheet };
};
