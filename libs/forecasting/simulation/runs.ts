import type { Future, Span } from './future.ts';
import type { SimulatedPeriod } from './request.ts';
import { amountSpread, countSpread } from './spread.ts';

type Column = 'won' | 'wonCount' | 'change' | 'changeCount';
const columns: readonly Column[] = ['won', 'wonCount', 'change', 'changeCount'];

/** What every run brought, by group and period. */
export class Runs {
  readonly #count: number;
  readonly #periods: number;
  /** By group and period, then run. */
  readonly #kept: Readonly<Record<Column, Float64Array>>;

  constructor(count: number, span: Span) {
    const size = count * span.ends.length * span.groupCount;
    this.#count = count;
    this.#periods = span.ends.length;
    this.#kept = {
      won: new Float64Array(size),
      wonCount: new Float64Array(size),
      change: new Float64Array(size),
      changeCount: new Float64Array(size),
    };
  }

  keep(run: number, future: Future): void {
    for (const column of columns) {
      const [from, to] = [future[column], this.#kept[column]];
      for (let cell = 0; cell < from.length; cell += 1) to[cell * this.#count + run] = from[cell]!;
    }
  }

  /** The periods of a group, given what stood open at the beginning. */
  periodsOf(
    group: number,
    stood: { readonly count: number; readonly amount: number },
  ): Omit<SimulatedPeriod, 'until'>[] {
    const wonToDate = new Float64Array(this.#count);
    const open = new Float64Array(this.#count).fill(stood.amount);
    const openCount = new Float64Array(this.#count).fill(stood.count);
    return Array.from({ length: this.#periods }, (_, period) => {
      const of = (column: Column) => this.#rowOf(column, group * this.#periods + period);
      addTo(wonToDate, of('won'));
      addTo(open, of('change'));
      addTo(openCount, of('changeCount'));
      return {
        won: amountSpread(of('won').slice()),
        wonCount: countSpread(of('wonCount').slice()),
        wonToDate: amountSpread(wonToDate.slice()),
        open: amountSpread(open.slice()),
        openCount: countSpread(openCount.slice()),
      };
    });
  }

  #rowOf(column: Column, cell: number): Float64Array {
    return this.#kept[column].subarray(cell * this.#count, (cell + 1) * this.#count);
  }
}

const addTo = (sums: Float64Array, values: Float64Array): void => {
  for (let run = 0; run < sums.length; run += 1) sums[run]! += values[run]!;
};
