import type { OpenDeal } from './open-deals.ts';

/** Instants in answers have one form, in which later ones sort behind earlier ones. */
const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The order of the list, told by what does not change while time passes: what falls due first is the furthest over. */
const compare = (one: OpenDeal, other: OpenDeal): number => {
  if (one.dueAt !== other.dueAt) {
    if (one.dueAt === null || other.dueAt === null) return one.dueAt === null ? 1 : -1;
    return compareTexts(one.dueAt, other.dueAt);
  }
  return compareTexts(one.since, other.since) || compareTexts(one.id, other.id);
};

const placeIn = (deals: readonly OpenDeal[], deal: OpenDeal): number => {
  let [from, until] = [0, deals.length];
  while (from < until) {
    const middle = (from + until) >>> 1;
    if (compare(deals[middle] as OpenDeal, deal) < 0) from = middle + 1;
    else until = middle;
  }
  return from;
};

/** The list after some deals were read again: what is not among `now` has left it. All others stay the same objects. */
export const withChanged = (
  deals: readonly OpenDeal[],
  changedIds: readonly string[],
  now: readonly OpenDeal[],
): readonly OpenDeal[] => {
  const changed = new Set(changedIds);
  const others = deals.filter(({ id }) => !changed.has(id));
  for (const deal of now) others.splice(placeIn(others, deal), 0, deal);
  return others;
};
