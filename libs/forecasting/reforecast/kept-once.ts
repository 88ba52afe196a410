import type { Rows } from '../history/rows.ts';

/**
 * What was made of some rows, remembered until there are others: what stood where and what came of it does not depend on
 * the weights, so that other weights cost no further pass. The least recently asked for is forgotten first.
 */
export class KeptOnce<Made extends object> {
  readonly #most: number;
  readonly #kept = new WeakMap<Rows, Map<string, Made>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** `question`: everything that the making depends on beside the rows. */
  of(rows: Rows, question: string, make: () => Made): Made {
    const known = this.#kept.get(rows) ?? new Map<string, Made>();
    this.#kept.set(rows, known);
    const made = known.get(question) ?? make();
    known.delete(question);
    known.set(question, made);
    const [oldest] = known.keys();
    if (known.size > this.#most && oldest !== undefined) known.delete(oldest);
    return made;
  }
}
