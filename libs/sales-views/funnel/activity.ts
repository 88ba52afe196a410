import type { ContactKind, FactKind, Journey } from '../journeys/journey.ts';
import type { Activity } from './funnel-report.types.ts';

const eventNames: Readonly<Record<FactKind, string>> = {
  added: 'ProspectAdded',
  valued: 'DealValued',
  advanced: 'StageAdvanced',
  regressed: 'StageRegressed',
  met: 'CriterionMet',
  unmet: 'CriterionWithdrawn',
  planned: 'NextStepSet',
  stepped: 'NextStepCompleted',
  owned: 'OwnerReassigned',
  contacted: 'ContactLogged',
  weighed: 'WeightOverridden',
  won: 'DealWon',
  lost: 'DealLost',
  reopened: 'DealReopened',
};

/** What is counted of activity while the deals pass by, by the names that facts go by. */
export const emptyActivity = () => ({
  kinds: {
    ...{ added: 0, valued: 0, advanced: 0, regressed: 0, met: 0, unmet: 0, planned: 0, stepped: 0, owned: 0 },
    ...{ contacted: 0, weighed: 0, won: 0, lost: 0, reopened: 0 },
  } satisfies Record<FactKind, number>,
  /** Of `weighed`: back to the stage's own weight. */
  cleared: 0,
  contacts: {} as Partial<Record<ContactKind, number>>,
  assigned: 0,
  changed: 0,
});
type ActivityTally = ReturnType<typeof emptyActivity>;

/** Counts the facts of a deal that `counts` lets through. */
export const tallyActivity = (tally: ActivityTally, { facts }: Journey, counts: (at: number) => boolean): void => {
  const { kinds, contacts } = tally;
  for (const fact of facts) {
    if (!counts(fact.t)) continue;
    kinds[fact.k] += 1;
    if (fact.k === 'contacted') contacts[fact.how] = (contacts[fact.how] ?? 0) + 1;
    else if (fact.k === 'owned') tally[fact.f === null ? 'assigned' : 'changed'] += 1;
    else if (fact.k === 'weighed' && fact.w === null) tally.cleared += 1;
  }
};

/** Only what happened is named. */
export const activityOf = ({ kinds, cleared, contacts, assigned, changed }: ActivityTally): Activity => {
  const counts = Object.entries(kinds).map(([kind, count]) => [eventNames[kind as FactKind], count] as const);
  const events = {
    ...Object.fromEntries(counts),
    WeightOverridden: kinds.weighed - cleared,
    WeightOverrideCleared: cleared,
  };
  return {
    events: Object.fromEntries(Object.entries(events).filter(([, count]) => count > 0)),
    ...{ contacts, assigned, changed },
  };
};
