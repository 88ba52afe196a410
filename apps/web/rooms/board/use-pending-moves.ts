import { useCallback, useMemo, useState } from 'react';
import type { MoveFollower } from '../../deals/moves/use-mover.tsx';
import type { PendingMove, PendingMoves } from './columns.ts';

/** Cards that went ahead of the product's answer, and how they come back when it refuses. */
export const usePendingMoves = (): { pending: PendingMoves; follower: MoveFollower } => {
  const [pending, setPending] = useState<PendingMoves>(new Map());
  const put = useCallback(
    (id: string, change: (move: PendingMove | undefined) => PendingMove | undefined) =>
      setPending((now) => {
        const next = new Map(now);
        const move = change(now.get(id));
        if (move) next.set(id, move);
        else next.delete(id);
        return next;
      }),
    [],
  );
  const follower = useMemo(
    (): MoveFollower => ({
      onTry: ({ id }, to) => put(id, () => ({ to, at: Date.now() })),
      onDone: ({ id }, revision) => put(id, (move) => move && { ...move, revision }),
      onRefused: ({ id }) => put(id, () => undefined),
    }),
    [put],
  );
  return { pending, follower };
};
