import type { Rows } from '../history/rows.ts';
import { holdingsIn, type Holdings } from './holdings.ts';
import type { Aim } from './pass.ts';

interface Kept {
  readonly rows: WeakRef<Rows>;
  /** All that holdings depend on beside the rows. */
  readonly text: string;
  readonly holdings: Holdings;
}

/**
 * What was found at the period ends that were asked for last. The least recently asked for gives its memory to what comes
 * next: shared memory that nobody has any more is given back late.
 */
export class KeptHoldings {
  readonly #most: number;
  /** The last one was asked for last. */
  #kept: readonly Kept[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  of({ rows, funnel, ends }: Aim): Holdings {
    const text = JSON.stringify([funnel, ...ends]);
    const known = this.#kept.find((each) => each.rows.deref() === rows && each.text === text);
    const others = this.#kept.filter((each) => each !== known);
    const spare = !known && others.length === this.#most ? others[0] : undefined;
    const holdings = known?.holdings ?? holdingsIn(rows, { spare: spare?.holdings });
    this.#kept = [...others.filter((each) => each !== spare), { rows: new WeakRef(rows), text, holdings }];
    return holdings;
  }

  forget(holdings: Holdings): void {
    this.#kept = this.#kept.filter((each) => each.holdings !== holdings);
  }
}
