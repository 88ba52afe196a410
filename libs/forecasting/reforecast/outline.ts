import type { FunnelDefinition } from '@funnel/sales';
import { addDigits, bigAt, noDigits } from './digits.ts';
import type { Cube, Shape } from './cube.ts';
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
  /** All ordinals are below this; some are of groups in which nothing stood. */
  readonly ordinalCount: number;
}

/** Where cells belong. */
export interface Belonging {
  /** By cell: the ordinal of its group. */
  readonly groups: Uint32Array;
  /** By cell: its period, slot and next step as one number. */
  readonly terms: Uint32Array;
}

/** `stages`: by slot, where each stage is a group; they are the only ones then. */
export const belongingOf = (
  places: Uint32Array,
  { groupCount, slotCount }: Shape,
  stages: { readonly of: Uint32Array; readonly count: number } | undefined,
): Belonging => {
  const width = slotCount * 2;
  const [groups, terms] = [new Uint32Array(places.length), new Uint32Array(places.length)];
  for (let cell = 0; cell < places.length; cell += 1) {
    const group = Math.floor(places[cell]! / width);
    const within = places[cell]! - group * width;
    groups[cell] = stages ? group * stages.count + stages.of[within >> 1]! : group;
    terms[cell] = Math.floor(group / groupCount) * width + within;
  }
  return { groups, terms };
};

interface Asked {
  readonly by: Grouping;
  /** In force at each period end. */
  readonly definitions: readonly FunnelDefinition[];
  readonly groupNames: readonly (string | null)[];
  readonly stageNames: readonly string[];
}

/** Codes of names in the order in which they are shown: some first, the others by name, none of them last. */
const inOrder = (names: readonly (string | null)[], first: readonly string[]): readonly number[] => {
  const places = new Map<string | null, number>(first.map((key, place) => [key, place]));
  const place = (name: string | null) => places.get(name) ?? places.size;
  return [...names.keys()].sort((one, other) => {
    const [name, otherName] = [names[one]!, names[other]!];
    if (name === null || otherName === null) return name === otherName ? 0 : name === null ? 1 : -1;
    return place(name) - place(otherName) || (name < otherName ? -1 : 1);
  });
};

/** By period. Stages stand as in the funnel then; periods have few different definitions. */
const ordersOf = ({ by, definitions }: Asked, names: readonly (string | null)[]): (readonly number[])[] => {
  const known = new Map<FunnelDefinition | undefined, readonly number[]>();
  return definitions.map((definition) => {
    const decides = by === 'stage' ? definition : undefined;
    const order = known.get(decides) ?? inOrder(names, decides?.stages.map(({ key }) => key) ?? []);
    known.set(decides, order);
    return order;
  });
};

/** Groups the cells of a cube by what was asked for. */
export const outlineOf = (cube: Cube, asked: Asked): Outline => {
  const { by, definitions, groupNames, stageNames } = asked;
  const names = by === 'stage' ? stageNames : groupNames;
  const width = names.length;
  const ordinalCount = definitions.length * width;
  const stages = by === 'stage' ? { of: Uint32Array.from(stageNames.keys()), count: width } : undefined;
  const { groups: ordinals } = belongingOf(cube.places, cube, stages);
  const counts = new Float64Array(ordinalCount);
  const [amounts, realized] = [noDigits(ordinalCount), noDigits(ordinalCount)];
  for (let cell = 0; cell < ordinals.length; cell += 1) {
    const ordinal = ordinals[cell]!;
    counts[ordinal]! += cube.counts[cell]!;
    addDigits(amounts, ordinal, { from: cube.amounts, place: cell });
    addDigits(realized, ordinal, { from: cube.realized, place: cell });
  }
  const isShown = (ordinal: number) => by === 'total' || counts[ordinal]! > 0;
  const groups = ordersOf(asked, names).map((order, period) =>
    order
      .map((name) => ({ key: names[name]!, ordinal: period * width + name }))
      .filter(({ ordinal }) => isShown(ordinal))
      .map(({ key, ordinal }) => ({
        ...{ key, ordinal, count: counts[ordinal]! },
        ...{ amount: bigAt(amounts, ordinal), realized: bigAt(realized, ordinal) },
      })),
  );
  return { groups, ordinalCount };
};
