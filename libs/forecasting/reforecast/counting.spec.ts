import type { DefinedFunnel } from '@funnel/sales';
import { day, historyOf, machines, ofDeal, prospect, recordedOn, won } from '../testing/histories.ts';
import { countTogether } from './counting.ts';
import { reforecast } from './reforecast.ts';
import type { ReforecastRequest } from './request.ts';
import { takePart, type Partner } from './together.ts';

const funnel: DefinedFunnel = { status: 'defined', versions: [{ at: day(0), definition: machines }] };
const question: ReforecastRequest = {
  ...{ funnelId: 'machines', ends: [day(3), day(10), day(40)], by: 'owner', weights: {} },
  ...{ horizonDays: 20, overrides: 'kept' },
};

/** So many that they are worth a partner. */
const deals = 65_536;
const history = historyOf(
  Array.from({ length: deals }, (_, deal) =>
    ofDeal(`d${deal}`, [
      [day(deal % 30), prospect('lead', { minor: deal, ownerId: `o${deal % 7}` })],
      [day((deal % 30) + (deal % 19)), won(deal)],
    ]),
  ).flat(),
);

/** Of the same deals in rows of their own, of which nobody has asked anything. */
const answerAlone = (asked: ReforecastRequest) => reforecast(history.knownAt(recordedOn(1)), funnel, asked);

describe('a count that two share', () => {
  const counting = (partner: Partner, asked: ReforecastRequest) => {
    countTogether(history, funnel, { question: asked, partner });
    return reforecast(history, funnel, asked);
  };

  it('is that of one, and so is the next one of the same period ends', () => {
    const soon: Partner = { begin: takePart };
    for (const asked of [question, { ...question, horizonDays: 5 }, { ...question, by: 'total' as const }]) {
      expect(counting(soon, asked)).toEqual(answerAlone(asked));
    }
  });

  it('is done anew where the other one fails, without what he has left', () => {
    const ends = [day(2), day(12)];
    const failing: Partner = {
      begin: (shared) => {
        const { pass } = shared;
        Atomics.store(pass.holdings.isFound, 3, 1);
        expect(() => takePart({ ...shared, pass: { ...pass, keys: null as never } })).toThrow();
      },
    };
    expect(counting(failing, { ...question, ends })).toEqual(answerAlone({ ...question, ends }));
    const asked = { ...question, ends, horizonDays: 3 };
    expect(reforecast(history, funnel, asked)).toEqual(answerAlone(asked));
  });
});
