import fc from 'fast-check';
import { dealHistory, funnel, funnelEvents, people, request } from '../testing/any-history.ts';
import { historyOf, ofDeal } from '../testing/histories.ts';
import { agesOf } from './ages.ts';
import { askingOf, cubeFor, passFor } from './counting.ts';
import { amountsOf, bigAt, exactHalves, type Digits } from './digits.ts';
import { Finding } from './holding.ts';
import { holdingsIn } from './holdings.ts';
import { sumUp, type Pass } from './pass.ts';
import { reforecast } from './reforecast.ts';
import { amountsByAge, segmentsOf } from './segments.ts';
import { sumUpTogether, takePart, type Partner } from './together.ts';

const histories = fc
  .array(dealHistory, { maxLength: 6 })
  .map((told) => historyOf([...funnelEvents, ...people, ...told.flatMap((each, index) => ofDeal(`d${index}`, each))]));

const amountsBy = ({ places, amounts }: { places: Uint32Array; amounts: Digits }) =>
  [...places].map((place, index) => [place, bigAt(amounts, index)] as const).filter(([, amount]) => amount !== 0n);

/** Every cell of a pass, straight from the rows. */
const summed = (pass: Pass) => {
  const [lower, higher] = exactHalves(amountsOf(pass.rows), pass.rows.largestSum);
  return [lower, higher ?? lower].map((values) => sumUp(pass, values));
};

const soon: Partner = { begin: takePart };
const never: Partner = { begin: () => undefined };
/** Takes the first lots, and leaves the others. */
const leaving = (most: number): Partner => ({
  begin: (shared) => {
    const { pass, state } = shared;
    const lots = Math.min(most, pass.holdings.isFound.length);
    const isFound = pass.holdings.isFound.subarray(0, lots);
    takePart({ ...shared, pass: { ...pass, holdings: { ...pass.holdings, isFound } } });
    // Whoever looks for a lot more takes it, and there was none.
    Atomics.store(state, 0, lots);
  },
});

describe('rows, cube and segments', () => {
  it('have the same digits in every cell', () => {
    fc.assert(
      fc.property(histories, request, (history, asked) => {
        const asking = askingOf(history, funnel, asked);
        const segments = amountsByAge(asking, segmentsOf(passFor(asking)), agesOf(history));
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

  it('are the same however few deals are looked at at once, and whichever were before', () => {
    const lots = fc.record({ dealsInLot: fc.integer({ min: 1, max: 4 }), before: fc.array(fc.nat({ max: 5 })) });
    fc.assert(
      fc.property(histories, request, lots, (history, asked, { dealsInLot, before }) => {
        const asking = askingOf(history, funnel, asked);
        const holdings = holdingsIn(asking.rows, { dealsInLot });
        const finding = new Finding({ ...asking, holdings });
        for (const lot of before) if (lot < holdings.isFound.length) finding.found(lot);
        expect(summed({ ...asking, holdings })).toEqual(summed(passFor(asking)));
      }),
    );
  });

  it('are the same when they are asked for again, and nothing is looked for any more', () => {
    fc.assert(
      fc.property(histories, request, (history, asked) => {
        const pass = passFor(askingOf(history, funnel, asked));
        const expected = summed(pass);
        expect(summed({ ...pass, rows: { ...pass.rows, funnelOf: null as never } })).toEqual(expected);
      }),
    );
  });

  it('are the same however much of them a partner finds and adds up', () => {
    const partner = fc.oneof(fc.constantFrom(soon, never), fc.nat({ max: 4 }).map(leaving));
    const partners = fc.array(partner, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        histories,
        request,
        fc.record({ partners, dealsInLot: fc.integer({ min: 1, max: 3 }) }),
        (history, asked, { partners: them, dealsInLot }) => {
          const asking = askingOf(history, funnel, asked);
          const pass = { ...asking, holdings: holdingsIn(asking.rows, { dealsInLot }) };
          const expected = sumUp(passFor(asking), amountsOf(asking.rows));
          for (const each of them) expect(sumUpTogether(pass, amountsOf(asking.rows), each)).toEqual(expected);
        },
      ),
    );
  });

  it('are not told where a partner fails', () => {
    const failing: Partner = {
      begin: (shared) => {
        // With deals taken and not added.
        const unreadable = { ...shared, pass: { ...shared.pass, rows: { ...shared.pass.rows, end: null as never } } };
        expect(() => takePart(unreadable)).toThrow();
      },
    };
    const nonEmpty = histories.filter((history) => history.rows().first.length > 0);
    fc.assert(
      fc.property(nonEmpty, request, (history, asked) => {
        const asking = askingOf(history, funnel, asked);
        const pass = { ...asking, holdings: holdingsIn(asking.rows) };
        expect(sumUpTogether(pass, amountsOf(asking.rows), failing)).toBeUndefined();
      }),
    );
  });

  it('are the same in memory in which something else was found before', () => {
    fc.assert(
      fc.property(histories, histories, fc.tuple(request, request), (history, before, [asked, askedBefore]) => {
        const [asking, other] = [askingOf(history, funnel, asked), askingOf(before, funnel, askedBefore)];
        const spare = holdingsIn(other.rows);
        sumUp({ ...other, holdings: spare }, amountsOf(other.rows));
        const pass = { ...asking, holdings: holdingsIn(asking.rows, { spare }) };
        expect(sumUp(pass, amountsOf(asking.rows))).toEqual(sumUp(passFor(asking), amountsOf(asking.rows)));
      }),
    );
  });
});
