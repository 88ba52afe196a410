import { aspects } from '../history/columns.ts';
import { status } from '../history/rows.ts';
import { Beginnings } from './beginnings.ts';
import type { Pass } from './pass.ts';

/** A row of a deal that stood open, and the periods at whose ends it did: from one until before another. */
export interface Standing {
  readonly deal: number;
  readonly row: number;
  readonly first: number;
  readonly until: number;
  /** When the deal had entered its stage. */
  readonly since: number;
}

/** What stood where from when to when, deal by deal. The same question as {@link sumUp} answers with sums. */
export class Standings {
  readonly #pass: Pass;
  readonly #beginnings: Beginnings;

  constructor(pass: Pass) {
    this.#pass = pass;
    this.#beginnings = new Beginnings(pass.ends);
  }

  /** Calls for every standing of a deal, in order. */
  each(deal: number, visit: (standing: Standing) => void): void {
    const { rows, funnel } = this.#pass;
    const { at, changed } = rows;
    const { ends } = this.#beginnings;
    const [begin, end] = [rows.first[deal]!, rows.end[deal]!];
    if (rows.funnelOf[deal] !== funnel || begin === end) return;
    let since = at[begin]!;
    let period = this.#beginnings.periodOf(since);
    for (let row = begin; row < end; row += 1) {
      if (changed[row]! & aspects.stage) since = at[row]!;
      const next = row + 1 < end ? at[row + 1]! : Infinity;
      const first = period;
      while (ends[period]! < next) period += 1;
      if (first < period && this.#isWanted(row)) visit({ deal, row, first, until: period, since });
    }
  }

  #isWanted(row: number): boolean {
    const { rows, wantedCurrency } = this.#pass;
    return rows.status[row] === status.open && rows.currency[row] === wantedCurrency;
  }
}
