import type { Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import { called, day, historyOf, ofDeal, prospect, worth } from '../testing/histories.ts';
import { minorOf, mostCurrencies, mostStages } from './columns.ts';
import { mostWaiting } from './waiting.ts';

const [added, spokenTo, worthMore] = ofDeal('d', [
  [day(0), prospect('lead')],
  [day(1), called],
  [day(2), worth(7)],
]);

/** One more than a row can tell apart, with what `added` tells. */
const tooMany: [what: string, told: DealEvent[]][] = [
  [
    'currencies',
    Array.from({ length: mostCurrencies }, (_, nth) => ({
      type: 'DealValued',
      data: { dealId: 'd', amount: { minor: 1, currency: `C${nth}` } },
    })),
  ],
  [
    'stages',
    Array.from({ length: mostStages }, (_, nth) => ({
      type: 'StageAdvanced',
      data: { dealId: 'd', from: 'lead', to: `S${nth}` },
    })),
  ],
];

describe('a history', () => {
  it.each(tooMany)('is not read on where there are more %s than a row can tell apart', (_, told) => {
    const events = told.map((event) => ({ ...worthMore!, ...event }) as Recorded<DealEvent>);
    expect(historyOf([added!, ...events.slice(1)]).rows().end).toEqual(Uint32Array.of(told.length));
    expect(() => historyOf([added!, ...events])).toThrow(RangeError);
  });
});

describe('the rows of a history', () => {
  it('stay the same object, which others count from, until there is more', () => {
    const history = historyOf([added!]);
    const rows = history.rows();
    history.addAll([spokenTo!]);
    expect(history.rows()).toBe(rows);
    history.addAll([worthMore!]);
    expect(history.rows()).not.toBe(rows);
  });

  it('are there for all that was added, however many wait for theirs', () => {
    const count = mostWaiting + 1_000;
    const valued = Array.from({ length: count }, (_, nth) => ({ ...worthMore!, data: worth(nth + 1)('d').data }));
    const history = historyOf([added!, ...(valued as Recorded<DealEvent>[])]);
    expect(history.rowCount).toBeGreaterThan(count);
    const rows = history.rows();
    const first = rows.first[0]!;
    expect(rows.end[0]! - first).toBe(count + 1);
    for (const nth of [1, mostWaiting - 1, mostWaiting, mostWaiting + 1, count]) {
      expect(minorOf(rows, first + nth)).toBe(nth);
    }
  });
});
