import fc from 'fast-check';
import { lastOfSpan, spanCount } from '../history/times.ts';
import { Beginnings } from './beginnings.ts';

const spanMs = lastOfSpan(0) + 1;

/** Instants at and around the borders of spans, before the first and after the last one that is told, and any others. */
const instant = fc.oneof(
  fc
    .tuple(fc.constantFrom(-1, 0, 1, 2, 3, spanCount - 1, spanCount, spanCount + 1), fc.constantFrom(-1, 0, 1, 7))
    .map(([span, milliseconds]) => span * spanMs + milliseconds),
  fc.integer({ min: -spanMs, max: 5 * spanMs }),
);
const ends = fc
  .uniqueArray(instant, { minLength: 1, maxLength: 8 })
  .map((some) => Float64Array.from(some).sort((one, other) => one - other));

describe('the period of an instant', () => {
  it('is the first one that ends then or later, and one without an end after all others', () => {
    fc.assert(
      fc.property(ends, instant, (given, at) => {
        const found = new Beginnings(given).periodOf(at);
        expect(found).toBe(given.filter((end) => end < at).length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is that one for what has no end', () => expect(new Beginnings(Float64Array.of(1, 2)).periodOf(Infinity)).toBe(2));
});
