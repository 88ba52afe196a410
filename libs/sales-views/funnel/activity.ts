import type { ContactKind, Fact, FactKind, Journey } from '../journeys/journey.ts';
import type { Activity } from './funnel-report.types.ts';

const eventNames: Readonly<Record<Exclude<FactKind, 'weighed'>, string>> = {
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
  won: 'DealWon',
  lost: 'DealLost',
  reopened: 'DealReopened',
};

const nameOf = (fact: Fact): string => {
  if (fact.k !== 'weighed') return eventNames[fact.k];
  return fact.w === null ? 'WeightOverrideCleared' : 'WeightOverridden';
};

export const emptyActivity = () => ({
  events: {} as Record<string, number>,
  contacts: {} as Partial<Record<ContactKind, number>>,
  assigned: 0,
  changed: 0,
});

/** Counts the facts of a deal that `counts` lets through. */
export const tallyActivity = (
  activity: ReturnType<typeof emptyActivity>,
  { facts }: Journey,
  counts: (at: number) => boolean,
): Activity => {
  for (const fact of facts) {
    if (!counts(fact.t)) continue;
    const name = nameOf(fact);
    activity.events[name] = (activity.events[name] ?? 0) + 1;
    if (fact.k === 'contacted') activity.contacts[fact.how] = (activity.contacts[fact.how] ?? 0) + 1;
    if (fact.k === 'owned') activity[fact.f === null ? 'assigned' : 'changed'] += 1;
  }
  return activity;
};
