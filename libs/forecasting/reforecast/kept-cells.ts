import type { Rows } from '../history/rows.ts';
import type { Cells } from './pass.ts';

/** What one pass gave, with what its values are to be multiplied by. */
export interface Counted {
  readonly cells: Cells;
  readonly factor: bigint;
}

const mostKept = 8;
const kept = new WeakMap<Rows, Map<string, readonly Counted[]>>();

/**
 * Counts once and remembers: what stood where and what came of it does not depend on the weights, so that other weights cost
 * no further pass. Forgotten with the rows it was counted from, the least recently asked for first.
 */
export const countedOnce = (rows: Rows, question: string, count: () => readonly Counted[]): readonly Counted[] => {
  const known = kept.get(rows) ?? new Map<string, readonly Counted[]>();
  kept.set(rows, known);
  const counted = known.get(question) ?? count();
  known.delete(question);
  known.set(question, counted);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return counted;
};
