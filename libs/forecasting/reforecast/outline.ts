import type { FunnelDefinition } from '@funnel/sales';
import { bigAt } from './digits.ts';
import { placeAt, type Cube, type Place } from './cube.ts';
import type { Grouping, ReforecastGroup } from './request.ts';

/** A group of a period end, whatever the weights. */
export interface OutlinedGroup extends Omit<ReforecastGroup, 'forecast'> {
  /** Its place among the groups of all periods. */
  readonly ordinal: number;
}

/** Everything of an answer that does not depend on the weights. */
export interface Outline {
  /** By period, in the order in which they are shown. */
  readonly groups: readonly (readonly OutlinedGroup[])[];
  readonly groupCount: number;
  /** The ordinal of a cell's group. */
  ordinalOf(place: Pick<Place, 'period' | 'group'> & { readonly stage: number }): number;
}

interface Asked {
  readonly by: Grouping;
  /** In force at each period end. */
  readonly definitions: readonly FunnelDefinition[];
  readonly groupNames: readonly (string | null)[];
  readonly stageNames: readonly string[];
}

const inOrder = (by: Grouping, definition: FunnelDefinition) => {
  const places = new Map<string | null, number>(
    by === 'stage' ? definition.stages.map(({ key }, place) => [key, place]) : [],
  );
  const place = (key: string | null) => places.get(key) ?? places.size;
  return ({ key: one }: OutlinedGroup, { key: other }: OutlinedGroup): number => {
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return place(one) - place(other) || (one < other ? -1 : 1);
  };
};

type Sums = { -readonly [Field in keyof OutlinedGroup]: OutlinedGroup[Field] };

/** Groups the cells of a cube by what was asked for. */
export const outlineOf = (cube: Cube, { by, definitions, groupNames, stageNames }: Asked): Outline => {
  const names = by === 'stage' ? stageNames : groupNames;
  const groups = definitions.map((): Sums[] => []);
  const known = new Map<number, Sums>();
  const begin = (period: number, name: number): Sums => {
    const sums = { key: names[name]!, count: 0, amount: 0n, realized: 0n, ordinal: known.size };
    known.set(period * names.length + name, sums);
    groups[period]!.push(sums);
    return sums;
  };
  if (by === 'total') for (const period of definitions.keys()) begin(period, 0);
  for (let cell = 0; cell < cube.places.length; cell += 1) {
    const { period, group, slot } = placeAt(cube, cube.places[cell]!);
    const name = by === 'stage' ? slot : group;
    const sums = known.get(period * names.length + name) ?? begin(period, name);
    sums.count += cube.counts[cell]!;
    sums.amount += bigAt(cube.amounts, cell);
    sums.realized += bigAt(cube.realized, cell);
  }
  for (const [period, definition] of definitions.entries()) groups[period]!.sort(inOrder(by, definition));
  return {
    ...{ groups, groupCount: known.size },
    ordinalOf: ({ period, group, stage }) =>
      known.get(period * names.length + (by === 'stage' ? stage : group))!.ordinal,
  };
};
