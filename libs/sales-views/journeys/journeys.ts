import { projection, type Money, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { Fact, Journey } from './journey.ts';

type EventNamed<Type> = Recorded<Extract<DealEvent, { type: Type }>>;
/** `Fact` without its dates, member by member. */
type Said<Any = Fact> = Any extends Fact ? Omit<Any, 't' | 'n' | 'r'> : never;

const added = ({ data, at, recordedAt, revision }: EventNamed<'ProspectAdded'>): Journey => ({
  dealId: data.dealId,
  title: data.title,
  funnelId: data.funnelId,
  currency: data.amount.currency,
  customer: {
    name: data.customer.name,
    region: data.customer.region ?? null,
    industry: data.customer.industry ?? null,
  },
  addedAt: at,
  facts: [
    {
      ...{ t: at, n: recordedAt, r: revision },
      ...{ k: 'added', s: data.stage, m: data.amount.minor, o: data.ownerId, x: data.expectedClose },
    },
  ],
});

/** Puts a fact where its business time belongs; of one instant the one recorded later comes later. */
const insert = (facts: readonly Fact[], fact: Fact): readonly Fact[] => {
  let place = facts.length;
  while (place > 0 && (facts[place - 1] as Fact).t > fact.t) place -= 1;
  return place === facts.length ? [...facts, fact] : facts.toSpliced(place, 0, fact);
};

const noted = (journey: Journey | null, event: Recorded<DealEvent>, said: Said): Journey | null => {
  if (!journey) return null;
  // A contact may be older than its deal; a change of the deal cannot: it counts from the beginning.
  const t = said.k === 'contacted' ? event.at : Math.max(event.at, journey.addedAt);
  return { ...journey, facts: insert(journey.facts, { t, n: event.recordedAt, r: event.revision, ...said } as Fact) };
};

const worth = (journey: Journey | null, amount: Money) => ({
  m: amount.minor,
  ...(amount.currency === journey?.currency ? {} : { c: amount.currency }),
});

/** One row per deal with every fact that reports need, so that any past instant can be looked at. */
export const journeys = projection<Journey, DealEvent>({
  name: 'journeys',
  version: 3,
  streams: ['deal-'],
  keyOf: ({ data }) => data.dealId,
  indexes: [{ funnelId: 1 }],
  heldByReaders: true,
  on: {
    ProspectAdded: (row, event) => row ?? added(event),
    DealValued: (row, event) => {
      const { amount, expectedClose } = event.data;
      return noted(row, event, {
        k: 'valued',
        ...(amount && worth(row, amount)),
        ...(expectedClose === undefined ? {} : { x: expectedClose }),
      });
    },
    StageAdvanced: (row, event) => noted(row, event, { k: 'advanced', s: event.data.to }),
    StageRegressed: (row, event) => noted(row, event, { k: 'regressed', s: event.data.to }),
    CriterionMet: (row, event) => noted(row, event, { k: 'met' }),
    CriterionWithdrawn: (row, event) => noted(row, event, { k: 'unmet' }),
    NextStepSet: (row, event) => {
      const { dueAt } = event.data.step;
      return noted(row, event, { k: 'planned', d: dueAt === null ? null : Date.parse(dueAt) });
    },
    NextStepCompleted: (row, event) => noted(row, event, { k: 'stepped' }),
    OwnerReassigned: (row, event) => noted(row, event, { k: 'owned', o: event.data.to, f: event.data.from }),
    ContactLogged: (row, event) => noted(row, event, { k: 'contacted', how: event.data.kind }),
    WeightOverridden: (row, event) => noted(row, event, { k: 'weighed', w: event.data.weight }),
    WeightOverrideCleared: (row, event) => noted(row, event, { k: 'weighed', w: null }),
    DealWon: (row, event) => noted(row, event, { k: 'won', ...worth(row, event.data.amount) }),
    DealLost: (row, event) => noted(row, event, { k: 'lost', why: event.data.reason }),
    DealReopened: (row, event) => noted(row, event, { k: 'reopened', s: event.data.stage }),
  },
});
