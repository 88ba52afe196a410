import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useSettled } from '../../parts/use-settled.ts';
import { useQuestion } from './use-question.ts';
import { readWeights, withWeight, writeWeights, type Weights } from './weights.ts';

/** Each key is a move of its own: the address, and all that looks at it, follows once a thumb rests. */
const restMs = 400;

interface Moved {
  readonly weights: Weights;
  /** What the address said: the move counts until it says something else. */
  readonly over: string | undefined;
}

/** The weights that are tried: where the thumbs stand. `move` and `reset` are the same functions at every drawing. */
export const useTried = () => {
  const { weights: written, change } = useQuestion();
  const [moved, setMoved] = useState<Moved>();
  const isMoved = moved !== undefined && moved.over === written;
  const weights = useMemo(() => (isMoved ? moved.weights : readWeights(written)), [isMoved, moved, written]);
  const latest = useRef({ weights, written });
  useLayoutEffect(() => {
    latest.current = { weights, written };
  });
  const move = useCallback(
    (stage: string, weight: number) =>
      setMoved({ weights: withWeight(latest.current.weights, stage, weight), over: latest.current.written }),
    [],
  );
  const reset = useCallback(() => setMoved({ weights: {}, over: latest.current.written }), []);
  const settled = useSettled(moved, restMs);
  useEffect(() => {
    if (settled && settled.over === written) change({ weights: writeWeights(settled.weights) });
    // The rest of a thumb is written once; what the address says afterwards is not overwritten by it.
  }, [settled]);
  return { weights, move, reset };
};
