import type { FunnelDefinition } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import type { Ages } from './ages.ts';
import { cubeFor, type Asking } from './counting.ts';
import { placeAt, type Shape } from './cube.ts';
import { KeptOnce } from './kept-once.ts';
import { outlineOf, type Outline } from './outline.ts';
import { overriddenIn, type Overridden } from './overridden.ts';
import { amountsByAge, segmentsOf, type AgedAmounts, type Segments } from './segments.ts';
import type { Grouping } from './request.ts';
import type { Weighable } from './weighing.ts';

/** What has a weight of its own, where it adds to, and what it weighs otherwise. */
export interface Correction extends Overridden {
  readonly group: number;
  readonly term: number;
}

/** All that a forecast weighs, in cells: any weights of the same stages and ages can be put to it. */
export interface Prepared extends Weighable {
  readonly outline: Outline;
  readonly corrections: readonly Correction[];
}

const segments = new KeptOnce<Segments>(1);
const prepared = new KeptOnce<Prepared>(8);

/** Amounts by stage are in the cube; by age as well they are summed up from what stood where from when to when. */
const cellsFor = (asking: Asking, ages: Ages): AgedAmounts =>
  ages.slotCount === asking.stageCount
    ? cubeFor(asking)
    : amountsByAge(
        asking,
        segments.of(asking.rows, asking.text, () => segmentsOf(asking)),
        ages,
      );

/** What the answer is about, beside what is counted. */
interface Ground {
  readonly history: KnownHistory;
  readonly by: Grouping;
  /** In force at each period end. */
  readonly definitions: readonly FunnelDefinition[];
  readonly ages: Ages;
}

const prepare = (asking: Asking, { history, ages, ...ground }: Ground): Prepared => {
  const names = { groupNames: asking.names, stageNames: history.stages.texts };
  const outline = outlineOf(cubeFor(asking), { ...ground, ...names });
  const shape: Shape = { groupCount: asking.groupCount, slotCount: ages.slotCount };
  const { places, amounts } = cellsFor(asking, ages);
  const groupOf = (cell: number): number => {
    const { period, group, slot } = placeAt(shape, cell);
    return outline.ordinalOf({ period, group, stage: ages.stages[slot]! });
  };
  const termOf = (cell: number): number => {
    const { period, slot, hasOpenStep } = placeAt(shape, cell);
    return (period * ages.slotCount + slot) * 2 + (hasOpenStep ? 1 : 0);
  };
  return {
    ...{ outline, amounts, groups: places.map(groupOf), terms: places.map(termOf) },
    corrections: overriddenIn(asking, ages).map((overridden) => {
      return { ...overridden, group: groupOf(overridden.place), term: termOf(overridden.place) };
    }),
  };
};

/** Prepared once for any weights of the same stages and ages. */
export const preparedFor = (asking: Asking, ground: Ground): Prepared => {
  const order = ground.definitions.map(({ stages }) => stages.map(({ key }) => key));
  const text = JSON.stringify([asking.text, [...ground.ages.from], ground.by === 'stage' ? order : []]);
  return prepared.of(asking.rows, text, () => prepare(asking, ground));
};
