import type { Journey } from '../journeys/journey.ts';
import type { TeamAt } from '../journeys/deal-filter.ts';

/** Whether a deal that had this owner at `at` belongs to the subject of a quota. */
export type BelongsTo = (journey: Journey, ownerId: string | null, at: number) => boolean;

const kinds: Readonly<Record<string, (id: string, teamAt: TeamAt) => BelongsTo>> = {
  company: () => () => true,
  rep: (id) => (_, ownerId) => ownerId === id,
  team: (id, teamAt) => (_, ownerId, at) => teamAt(ownerId, at) === id,
  territory: (id) => (journey) => journey.customer.region === id,
};

/** `rep-anna` → `['rep', 'anna']` */
export const subjectParts = (subject: string): readonly [kind: string, id: string] => {
  const [kind = ''] = subject.split('-', 1);
  return [kind, subject.slice(kind.length + 1)];
};

export const belongsTo = (subject: string, teamAt: TeamAt): BelongsTo => {
  const [kind, id] = subjectParts(subject);
  return kinds[kind]?.(id, teamAt) ?? (() => false);
};
