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
export type Correction = Overridden & Placed;
interface Placed {
  readonly group: number;
  readonly term: number;
}

/** All that a forecast weighs, in cells: any weights of the same stages and ages can be put to it. */
export interface Prepared extends Weighable {
  readonly outline: Outline;
  readonly corrections: readonly Correction[];
}

const segments = new KeptOnce<Segments>(1);
const outlines = new KeptOnce<Outline>(8);
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

const outlineFor = (asking: Asking, text: string, { history, by, definitions }: Ground): Outline =>
  outlines.of(asking.rows, text, () => {
    const names = { groupNames: asking.names, stageNames: history.stages.texts };
    return outlineOf(cubeFor(asking), { by, definitions, ...names });
  });

const prepare = (asking: Asking, outline: Outline, ages: Ages): Prepared => {
  const shape: Shape = { groupCount: asking.groupCount, slotCount: ages.slotCount };
  const { places, amounts } = cellsFor(asking, ages);
  const [groups, terms] = [new Uint32Array(places.length), new Uint32Array(places.length)];
  const placed = (place: number): Placed => {
    const { period, group, slot, hasOpenStep } = placeAt(shape, place);
    return {
      group: outline.ordinalOf({ period, group, stage: ages.stages[slot]! }),
      term: (period * ages.slotCount + slot) * 2 + (hasOpenStep ? 1 : 0),
    };
  };
  for (let cell = 0; cell < places.length; cell += 1) {
    const { group, term } = placed(places[cell]!);
    groups[cell] = group;
    terms[cell] = term;
  }
  const corrections = overriddenIn(asking, ages).map((each) => ({ ...each, ...placed(each.place) }));
  return { outline, amounts, groups, terms, corrections };
};

/** Prepared once for any weights of the same stages and ages. */
export const preparedFor = (asking: Asking, ground: Ground): Prepared => {
  const order = ground.definitions.map(({ stages }) => stages.map(({ key }) => key));
  const text = JSON.stringify([asking.text, ground.by === 'stage' ? order : []]);
  const aged = JSON.stringify([text, [...ground.ages.from]]);
  return prepared.of(asking.rows, aged, () => prepare(asking, outlineFor(asking, text, ground), ground.ages));
};
