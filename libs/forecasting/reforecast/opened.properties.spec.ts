import fc from 'fast-check';
import { dealHistory, funnel, funnelEvents, people, request } from '../testing/any-history.ts';
import { historyOf, ofDeal, type DealHistory } from '../testing/histories.ts';
import { accuracyOf } from './accuracy.ts';
import { compare } from './comparison.ts';
import { openCell, type CellRequest, type OpenedDeal } from './opened.ts';
import { reforecast } from './reforecast.ts';

const told = (histories: readonly DealHistory[]) => {
  const deals = histories.map((each, index) => ofDeal(`d${index}`, each));
  return { deals, history: historyOf([...funnelEvents, ...people, ...deals.flat()]) };
};

/** All deals of a cell, page by page. */
const everyPage = (open: (start: Parameters<typeof openCell>[2]['page']['start']) => ReturnType<typeof openCell>) => {
  const deals: OpenedDeal[] = [];
  let page = open(undefined);
  for (;;) {
    deals.push(...page.deals);
    if (!page.next) return deals;
    page = open(page.next);
  }
};

const sumOf = (deals: readonly OpenedDeal[], of: (deal: OpenedDeal) => number): bigint =>
  deals.reduce((sum, deal) => sum + BigInt(of(deal)), 0n);

describe('opening the cells of a re-forecast', () => {
  it('shows the deals whose figures add up to the cell, each once, the largest first', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { maxLength: 6 }),
        request,
        fc.integer({ min: 1, max: 3 }),
        (histories, asked, limit) => {
          const { history } = told(histories);
          const { ends: _, ...rest } = asked;
          for (const { at, groups } of reforecast(history, funnel, asked).periods) {
            for (const { key, ...sums } of groups) {
              const cell: CellRequest = { ...rest, at, key };
              const deals = everyPage((start) => openCell(history, funnel, { ...cell, page: { start, limit } }));
              expect(new Set(deals.map(({ dealId }) => dealId)).size).toBe(deals.length);
              expect(deals.map(({ amount }) => amount)).toEqual(
                deals.map(({ amount }) => amount).sort((one, other) => other - one),
              );
              expect({
                count: deals.length,
                amount: sumOf(deals, ({ amount }) => amount),
                forecast: deals.reduce((sum, { amount, weight }) => sum + BigInt(amount) * BigInt(weight), 0n),
                realized: sumOf(deals, ({ realized }) => realized ?? 0),
              }).toEqual(sums);
              expect(openCell(history, funnel, { ...cell, page: { limit } })).toMatchObject({ key, ...sums });
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('names the events that brought each deal there, and those that came later', () => {
    fc.assert(
      fc.property(fc.array(dealHistory, { minLength: 1, maxLength: 3 }), request, (histories, asked) => {
        const { deals, history } = told(histories);
        const { ends, ...rest } = asked;
        const cell = { ...rest, by: 'total', key: 'total', at: ends[0]!, page: { limit: 10 } } as const;
        const opened = openCell(history, funnel, { ...cell, horizonDays: null });
        for (const { dealId, eventIds, laterEventIds } of opened.deals) {
          const events = deals.flat().filter(({ data }) => data.dealId === dealId);
          const timed = new Map(events.map(({ id, at }) => [id, Math.max(at, events[0]!.at)]));
          expect(eventIds.every((id) => timed.get(id)! <= ends[0]!)).toBe(true);
          expect(laterEventIds.every((id) => timed.get(id)! > ends[0]!)).toBe(true);
          const counted = events.filter(({ type }) => type !== 'ContactLogged').map(({ id }) => id);
          expect([...eventIds, ...laterEventIds].sort()).toEqual(counted.sort());
        }
      }),
    );
  });

  it('has nothing in a group that is not there', () => {
    const { history } = told([]);
    const cell = { funnelId: 'machines', at: 0, by: 'owner', key: 'nobody we know', weights: {} } as const;
    const rest = { horizonDays: null, overrides: 'kept', page: { limit: 1 } } as const;
    expect(openCell(history, funnel, { ...cell, ...rest })).toMatchObject({ count: 0, amount: 0n, deals: [] });
  });
});

describe('comparing two sets of weights', () => {
  it('gives for each what it gives alone, and how far it was from what came', () => {
    fc.assert(
      fc.property(fc.array(dealHistory, { maxLength: 4 }), request, request, (histories, asked, other) => {
        const { history } = told(histories);
        const { weights, ageWeights, nextStepRule, overrides, ...question } = asked;
        const baseline = { weights, ageWeights, nextStepRule, overrides };
        const { periods, accuracy } = compare(history, funnel, { ...question, baseline, candidate: other });
        const alone = reforecast(history, funnel, asked);
        const othersAlone = reforecast(history, funnel, { ...asked, ...other, ...question });
        const forecasts = (name: 'baseline' | 'candidate') =>
          periods.map(({ groups }) => groups.map((group) => [group.key, group[name]]));
        const expected = (from: typeof alone) =>
          from.periods.map(({ groups }) => groups.map((g) => [g.key, g.forecast]));
        expect(forecasts('baseline')).toEqual(expected(alone));
        expect(forecasts('candidate')).toEqual(expected(othersAlone));
        expect(accuracy).toEqual({ baseline: accuracyOf(alone), candidate: accuracyOf(othersAlone) });
      }),
    );
  });
});
