import type { Recorded } from '@funnel/kernel';
import type { DealEvent, DefinedFunnel } from '@funnel/sales';
import fc from 'fast-check';
import { dealHistory, funnel, funnelEvents, people, request, teams } from '../testing/any-history.ts';
import { day, historyOf, ofDeal, recordedOn } from '../testing/histories.ts';
import { foldedReforecast } from '../testing/plain-fold.ts';
import { reforecast } from './reforecast.ts';
import type { Reforecast, ReforecastRequest } from './request.ts';

/** Another question about the same periods: what it differs in is what must be told apart. */
const another: fc.Arbitrary<Partial<ReforecastRequest>> = fc.oneof(
  request.map(({ weights }) => ({ weights })),
  request.map(({ ageWeights }) => ({ ageWeights })),
  request.map(({ by }) => ({ by })),
  request.map(({ horizonDays }) => ({ horizonDays })),
  request.map(({ overrides }) => ({ overrides })),
  request.map(({ nextStepRule }) => ({ nextStepRule })),
  request.map(({ ends }) => ({ ends })),
);

const byKey = ({ currency, periods }: Reforecast) => ({
  currency,
  periods: periods.map(({ at, groups }) => ({ at, groups: new Map(groups.map((group) => [group.key, group])) })),
});

/** The same event of a deal of another funnel. */
const sailing = (event: Recorded<DealEvent>): Recorded<DealEvent> =>
  event.type === 'ProspectAdded' ? { ...event, data: { ...event.data, funnelId: 'ships' } } : event;

describe('forecasting again from history', () => {
  it('gives the digits of a plain fold of the events', () => {
    fc.assert(
      fc.property(fc.array(dealHistory, { maxLength: 6 }), request, (histories, asked) => {
        const deals = histories.map((history, index) => ofDeal(`d${index}`, history));
        const history = historyOf([...funnelEvents, ...people, ...deals.flat()]);
        expect(byKey(reforecast(history, funnel, asked))).toEqual(
          byKey(foldedReforecast({ funnel, deals, teams }, asked)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('of what was known then is that of a log that ends then', () => {
    fc.assert(
      fc.property(fc.array(dealHistory, { maxLength: 4 }), request, fc.nat({ max: 20 }), (histories, asked, last) => {
        const deals = histories.flatMap((told, index) => ofDeal(`d${index}`, told));
        const events = [...funnelEvents, ...people, ...deals];
        const then = historyOf(events.filter(({ revision }) => revision <= last));
        const known = historyOf(events).knownAt(recordedOn(last));
        expect(known.funnel('machines')).toEqual(then.funnel('machines'));
        expect(reforecast(known, funnel, asked)).toEqual(reforecast(then, funnel, asked));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same however the rows were put together in between', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { maxLength: 4 }),
        request,
        fc.infiniteStream(fc.nat({ max: 9 })),
        (told, asked, dice) => {
          const deals = told.map((history, index) => ofDeal(`d${index}`, history));
          // As a log has them: deals between each other.
          const events = [
            ...funnelEvents,
            ...people,
            ...deals.flat().sort((one, other) => one.revision - other.revision),
          ];
          const history = historyOf([]);
          for (const event of events) {
            history.addAll([event]);
            if (dice.next().value === 0) history.compact();
          }
          expect(reforecast(history, funnel, asked)).toEqual(reforecast(historyOf(events), funnel, asked));
          expect(byKey(reforecast(history, funnel, asked))).toEqual(
            byKey(foldedReforecast({ funnel, deals, teams }, asked)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the same whether it was asked in between or not', () => {
    fc.assert(
      fc.property(
        fc.array(dealHistory, { minLength: 1, maxLength: 4 }),
        request,
        another,
        (histories, asked, other) => {
          const deals = histories.flatMap((told, index) => ofDeal(`d${index}`, told));
          const events = [...funnelEvents, ...deals, ...people];
          const history = historyOf([]);
          for (const event of events.slice(0, -1)) {
            history.addAll([event]);
            reforecast(history, funnel, asked);
          }
          // Whatever was asked before of the same history, with other weights or by something else, leaves no trace.
          history.addAll([events.at(-1)!]);
          reforecast(history, funnel, { ...asked, ...other });
          expect(reforecast(history, funnel, asked)).toEqual(reforecast(historyOf(events), funnel, asked));
        },
      ),
    );
  });

  it('is the same whatever else was asked of the same period ends', () => {
    const graceless: DefinedFunnel = {
      ...funnel,
      versions: [{ at: day(0), definition: { ...funnel.versions[0].definition, nextStepGraceDays: 0 } }],
    };
    fc.assert(
      fc.property(
        fc.tuple(fc.array(dealHistory, { maxLength: 3 }), fc.array(dealHistory, { maxLength: 3 })),
        fc.tuple(request, request),
        fc.nat({ max: 20 }),
        ([machines, ships], [asked, { ends: _, ...otherwise }], last) => {
          const deals = machines.flatMap((told, index) => ofDeal(`d${index}`, told));
          const ofShips = ships.flatMap((told, index) => ofDeal(`s${index}`, told)).map(sailing);
          const known = [...funnelEvents, ...people, ...deals];
          const history = historyOf([...known, ...ofShips]);
          const other = { ...asked, ...otherwise };
          reforecast(history, funnel, { ...other, funnelId: 'ships' });
          reforecast(history, graceless, other);
          reforecast(history.knownAt(recordedOn(last)), funnel, other);
          reforecast(history, funnel, other);
          expect(byKey(reforecast(history, funnel, asked))).toEqual(byKey(reforecast(historyOf(known), funnel, asked)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
