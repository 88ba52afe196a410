import { teamAmong } from '@funnel/sales';
import { ownerIn, step } from '../history/columns.ts';
import { codesOf } from '../history/growing.ts';
import type { KnownHistory } from '../history/history.ts';
import type { Grouping } from './request.ts';

/** How the rows of a history fall into groups at each of some instants. */
export interface Groups {
  /** What is grouped by: one number for everything, one for each deal, or the owner of each row. */
  readonly keyedBy: 'all' | 'deal' | 'owner';
  /** See {@link keySteps}. */
  readonly keys: Uint32Array;
  readonly keyCount: number;
  /** By instant, then key: the group. */
  readonly groupOf: Uint32Array;
  /** What each group is called. */
  readonly names: readonly (string | null)[];
}

/** Where keys stand: so many places further for each deal and for each row, in some bits of their numbers. */
export const keySteps = {
  all: { perDeal: 0, perRow: 0, bits: -1 },
  deal: { perDeal: 1, perRow: 0, bits: -1 },
  owner: { perDeal: 0, perRow: step.owner, bits: ownerIn(-1) },
};

export const keyOf = ({ keys, keyedBy }: Pick<Groups, 'keys' | 'keyedBy'>, deal: number, row: number): number => {
  const { perDeal, perRow, bits } = keySteps[keyedBy];
  return keys[deal * perDeal + row * perRow]! & bits;
};

/** Every key is a group of its own, at any time. */
const each = (names: readonly (string | null)[], instants: number): Pick<Groups, 'keyCount' | 'groupOf' | 'names'> => {
  const groupOf = new Uint32Array(instants * names.length);
  for (let index = 0; index < groupOf.length; index += 1) groupOf[index] = index % names.length;
  return { keyCount: names.length, groupOf, names };
};

const byTeam = (history: KnownHistory, instants: readonly number[]): Pick<Groups, 'keyCount' | 'groupOf' | 'names'> => {
  const reps = history.owners.texts;
  const names: (string | null)[] = [null];
  const codes = new Map<string | null, number>([[null, 0]]);
  const groupOf = Uint32Array.from(
    instants.flatMap((at) =>
      reps.map((rep) => {
        const team = rep === null ? null : teamAmong(history.memberships(rep), at);
        const code = codes.get(team) ?? names.push(team) - 1;
        codes.set(team, code);
        return code;
      }),
    ),
  );
  return { keyCount: reps.length, groupOf, names };
};

/** Owners and teams as they were at the instants; region and industry are the deal's. Cells tell stages apart in any case. */
export const groupsBy = (history: KnownHistory, by: Grouping, instants: readonly number[]): Groups => {
  const { ownerAndRest, regionOf, industryOf } = history.rows();
  switch (by) {
    case 'total':
    case 'stage':
      return { keyedBy: 'all', keys: codesOf(1), ...each(['total'], instants.length) };
    case 'owner':
      return { keyedBy: 'owner', keys: ownerAndRest, ...each(history.owners.texts, instants.length) };
    case 'region':
      return { keyedBy: 'deal', keys: regionOf, ...each(history.regions.texts, instants.length) };
    case 'industry':
      return { keyedBy: 'deal', keys: industryOf, ...each(history.industries.texts, instants.length) };
    case 'team':
      return { keyedBy: 'owner', keys: ownerAndRest, ...byTeam(history, instants) };
  }
};
