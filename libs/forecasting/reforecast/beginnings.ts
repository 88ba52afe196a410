import { dayCount, dayOf, lastOfDay } from '../history/days.ts';

/**
 * Finds the first period that ends at or after an instant, nearly without a search: most days have one period only, and the
 * days of rows lie beside each other.
 */
export class Beginnings {
  /** Of periods; after the last one, a period without an end begins. */
  readonly ends: Float64Array;
  /** By day: the period of all of its instants; where one ends among them, ~ the first that some of them may be in. */
  readonly table: Int32Array;

  /** Ends of periods, rising, up to 65,534 of them. */
  constructor(ends: Float64Array) {
    this.ends = Float64Array.of(...ends, Infinity);
    this.table = new Int32Array(dayCount);
    let begun = 0;
    for (let period = 0; period < ends.length; period += 1) {
      const day = dayOf(ends[period]!);
      if (day < begun) continue;
      this.table.fill(period, begun, day);
      // Whole days end with their last instant, and the next period begins with the next day.
      this.table[day] = ends[period] === lastOfDay(day) ? period : ~period;
      begun = day + 1;
    }
    this.table.fill(ends.length, begun);
  }

  periodOf(at: number): number {
    const found = this.table[dayOf(at)]!;
    if (found >= 0) return found;
    let period = ~found;
    while (this.ends[period]! < at) period += 1;
    return period;
  }
}
