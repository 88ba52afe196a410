import { useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { MoveFollower } from '../../deals/moves/use-mover.tsx';
import { agreed, withoutRefused, type PendingMove, type PendingMoves } from './columns.ts';

/** Cards that went ahead of the product's answer, and how they come back when it refuses. */
export const usePendingMoves = () => {
  const followed = useRef<string>(undefined);
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
      onTry: ({ id }, to) => {
        followed.current = id;
        put(id, (before) => ({ to, at: Date.now(), before }));
      },
      onDone: ({ id }, revision) => put(id, (move) => move && agreed(move, revision)),
      // The card is back, with the focus, before the refusal opens: it gives the focus back when it is closed.
      onRefused: ({ id }) => {
        followed.current = id;
        flushSync(() => put(id, withoutRefused));
      },
    }),
    [put],
  );
  return { pending, follower, followed };
};
