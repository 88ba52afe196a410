import { teamAmong } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import type { Rows } from '../history/rows.ts';
import type { Grouping } from './request.ts';

/** How the rows of a history fall into groups at each of some instants. */
export interface Groups {
  /** By row: what it is grouped by. */
  readonly keys: Uint32Array;
  readonly keyCount: number;
  /** By instant, then key: the group. */
  readonly groupOf: Uint32Array;
  /** What each group is called. */
  readonly names: readonly (string | null)[];
}

const regionOfRows = ({ starts, regionOf }: Rows): Uint32Array => {
  const keys = new Uint32Array(starts.at(-1) ?? 0);
  for (let deal = 0; deal < regionOf.length; deal += 1) keys.fill(regionOf[deal]!, starts[deal]!, starts[deal + 1]!);
  return keys;
};

/** Every key is a group of its own, at any time. */
const each = (keys: Uint32Array, names: readonly (string | null)[], instants: number): Groups => {
  const groupOf = new Uint32Array(instants * names.length);
  for (let index = 0; index < groupOf.length; index += 1) groupOf[index] = index % names.length;
  return { keys, keyCount: names.length, groupOf, names };
};

const byTeam = (history: KnownHistory, owners: Uint32Array, instants: readonly number[]): Groups => {
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
  return { keys: owners, keyCount: reps.length, groupOf, names };
};

/** Owners, teams and stages as they were at the instants; the region is the deal's. */
export const groupsBy = (history: KnownHistory, by: Grouping, instants: readonly number[]): Groups => {
  const rows = history.rows();
  switch (by) {
    case 'total':
      return each(new Uint32Array(rows.at.length), ['total'], instants.length);
    case 'stage':
      return each(rows.stage, history.stages.texts, instants.length);
    case 'owner':
      return each(rows.owner, history.owners.texts, instants.length);
    case 'region':
      return each(regionOfRows(rows), history.regions.texts, instants.length);
    case 'team':
      return byTeam(history, rows.owner, instants);
  }
};
