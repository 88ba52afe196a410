import type { Rows } from '../history/rows.ts';
import type { Cell } from './counting.ts';

const mostKept = 8;
const kept = new WeakMap<Rows, Map<string, readonly Cell[]>>();

/**
 * Counts once and remembers: what stood where and what came of it does not depend on the weights, so that other weights cost
 * no further pass. Forgotten with the rows it was counted from, the least recently asked for first.
 */
export const countedOnce = (rows: Rows, question: string, count: () => readonly Cell[]): readonly Cell[] => {
  const known = kept.get(rows) ?? new Map<string, readonly Cell[]>();
  kept.set(rows, known);
  const cells = known.get(question) ?? count();
  known.delete(question);
  known.set(question, cells);
  const [oldest] = known.keys();
  if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
  return cells;
};
