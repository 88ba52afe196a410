import fc from 'fast-check';
import { dealHistory, funnel, funnelEvents, people, request } from '../testing/any-history.ts';
import { historyOf, ofDeal } from '../testing/histories.ts';
import { agesOf } from './ages.ts';
import { askingOf, cubeFor, type Asking } from './counting.ts';
import { bigAt, exactHalves, type Digits } from './digits.ts';
import { sumUp } from './pass.ts';
import { reforecast } from './reforecast.ts';
import { amountsByAge, segmentsOf } from './segments.ts';
import { sumUpTogether, takePart, type Partner } from './together.ts';

const histories = fc
  .array(dealHistory, { maxLength: 6 })
  .map((told) => historyOf([...funnelEvents, ...people, ...told.flatMap((each, index) => ofDeal(`d${index}`, each))]));

const amountsBy = ({ places, amounts }: { places: Uint32Array; amounts: Digits }) =>
  [...places].map((place, index) => [place, bigAt(amounts, index)] as const).filter(([, amount]) => amount !== 0n);

/** Every cell of a pass, straight from the rows. */
const passed = ({ rows, ...pass }: Asking, from: number, until: number) => {
  const [lower, higher] = exactHalves(rows.minor, rows.largestSum);
  return [lower, higher ?? lower].map((values) => sumUp({ ...pass, rows }, values, { from, until }));
};

describe('rows, cube and segments', () => {
  it('have the same digits in every cell', () => {
    fc.assert(
      fc.property(histories, request, (history, asked) => {
        const asking = askingOf(history, funnel, asked);
        const segments = amountsByAge(asking, segmentsOf(asking), agesOf(history));
        expect(amountsBy(segments)).toEqual(amountsBy(cubeFor(asking)));
      }),
      { numRuns: 300 },
    );
  });

  it('forecast the same where ages weigh what their stage does', () => {
    fc.assert(
      fc.property(histories, request, fc.nat({ max: 40 }), (history, { ageWeights: _, ...asked }, fromDays) => {
        const weights = { lead: 1_234, need: 5_678, closing: 9_012, elsewhere: 1 };
        const aged = Object.entries(weights).map(([stage, weight]) => [stage, [{ fromDays, weight }]]);
        const ageWeights = Object.fromEntries(aged) as typeof _;
        expect(reforecast(history, funnel, { ...asked, weights, ageWeights })).toEqual(
          reforecast(history, funnel, { ...asked, weights }),
        );
      }),
    );
  });

  it('are the same however the deals are shared out among passes', () => {
    fc.assert(
      fc.property(histories, request, fc.nat({ max: 6 }), (history, asked, border) => {
        const asking = askingOf(history, funnel, asked);
        const deals = asking.rows.first.length;
        const middle = Math.min(border, deals);
        const parts = [passed(asking, 0, middle), passed(asking, middle, deals)];
        const together = parts[0]!.map((sums, half) => sums.map((sum, place) => sum + parts[1]![half]![place]!));
        expect(together).toEqual(passed(asking, 0, deals));
      }),
    );
  });

  it('are the same however much of them a partner takes', () => {
    const soon: Partner = { begin: takePart };
    const never: Partner = { begin: () => undefined };
    const failing: Partner = {
      begin: (shared) => {
        // With deals taken and not added.
        const unreadable = { ...shared, pass: { ...shared.pass, rows: { ...shared.pass.rows, end: null as never } } };
        if (shared.pass.rows.first.length > 0) expect(() => takePart(unreadable)).toThrow();
      },
    };
    fc.assert(
      fc.property(histories, request, fc.constantFrom(soon, never, failing), (history, asked, partner) => {
        const { rows, ...pass } = askingOf(history, funnel, asked);
        expect(sumUpTogether({ ...pass, rows }, rows.minor, partner)).toEqual(
          sumUp({ ...pass, rows }, rows.minor, { from: 0, until: rows.first.length }),
        );
      }),
    );
  });
});
