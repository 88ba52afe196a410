import { lastOfSpan, spanOf } from '../history/times.ts';

/**
 * Finds the first period that ends at or after an instant, nearly without a search: most spans have one period only, and the
 * spans of rows lie beside each other.
 */
export class Beginnings {
  /** Of periods; after the last one, a period without an end begins. */
  readonly ends: Float64Array;
  /** The span that the first number of the table is for. */
  readonly firstSpan: number;
  /**
   * By span: the period of all of its instants; where one ends among them, ~ the first that some of them may be in. What comes
   * before is in the period of the first one, what comes after in that of the last.
   */
  readonly table: Int32Array;

  /** Ends of periods, rising, up to 65,534 of them. */
  constructor(ends: Float64Array) {
    this.ends = Float64Array.of(...ends, Infinity);
    // No period ends in the span before the first end's, nor in the one after the last one's.
    this.firstSpan = spanOf(ends[0] ?? 0) - 1;
    this.table = new Int32Array(spanOf(ends.at(-1) ?? 0) - this.firstSpan + 2);
    let begun = 0;
    for (let period = 0; period < ends.length; period += 1) {
      const span = spanOf(ends[period]!);
      const place = span - this.firstSpan;
      if (place < begun) continue;
      this.table.fill(period, begun, place);
      // What ends with the last instant of a span is the period of all of it, and the next one begins with the next span.
      this.table[place] = ends[period] === lastOfSpan(span) ? period : ~period;
      begun = place + 1;
    }
    this.table.fill(ends.length, begun);
  }

  periodOf(at: number): number {
    const found = this.table[Math.max(0, Math.min(this.table.length - 1, spanOf(at) - this.firstSpan))]!;
    if (found >= 0) return found;
    let period = ~found;
    while (this.ends[period]! < at) period += 1;
    return period;
  }
}
