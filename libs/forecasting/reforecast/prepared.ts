import type { FunnelDefinition } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import type { Ages } from './ages.ts';
import { cubeFor, passFor, type Asking } from './counting.ts';
import type { Shape } from './cube.ts';
import { KeptOnce } from './kept-once.ts';
import { belongingOf, outlineOf, type Outline } from './outline.ts';
import { overriddenIn } from './overridden.ts';
import { amountsByAge, segmentsOf, type AgedAmounts, type Segments } from './segments.ts';
import type { Grouping } from './request.ts';
import { grouped, type Weighable } from './weighing.ts';

/** All that a forecast weighs, in cells: any weights of the same stages and ages can be put to it. */
export interface Prepared {
  readonly outline: Outline;
  readonly cells: Weighable;
  /** What had a weight of its own, and is in the cells as well. */
  readonly corrections: Weighable & { readonly ownWeights: Uint16Array };
}

const segments = new KeptOnce<Segments>(1);
const outlines = new KeptOnce<Outline>(8);
const prepared = new KeptOnce<Prepared>(4);

/** Amounts by stage are in the cube; by age as well they are summed up from what stood where from when to when. */
const cellsFor = (asking: Asking, ages: Ages): AgedAmounts =>
  ages.slotCount === asking.stageCount
    ? cubeFor(asking)
    : amountsByAge(
        asking,
        segments.of(asking.rows, asking.text, () => segmentsOf(passFor(asking))),
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

const prepare = (asking: Asking, outline: Outline, { by, ages }: Ground): Prepared => {
  const shape: Shape = { groupCount: asking.groupCount, slotCount: ages.slotCount };
  const stages = by === 'stage' ? { of: ages.stages, count: asking.stageCount } : undefined;
  const inGroups = ({ places, amounts }: AgedAmounts) => {
    return grouped({ amounts, ...belongingOf(places, shape, stages) }, outline.ordinalCount);
  };
  const overridden = overriddenIn(asking, ages);
  const corrections = inGroups(overridden);
  const ownWeights = overridden.weights.map((_, place) => overridden.weights[corrections.order[place]!]!);
  return { outline, cells: inGroups(cellsFor(asking, ages)), corrections: { ...corrections, ownWeights } };
};

/** Prepared once for any weights of the same stages and ages. */
export const preparedFor = (asking: Asking, ground: Ground): Prepared => {
  const orders = ground.by === 'stage' ? ground.definitions.map(({ stages }) => stages.map(({ key }) => key)) : [];
  const text = JSON.stringify([asking.text, orders]);
  const aged = JSON.stringify([text, [...ground.ages.from]]);
  return prepared.of(asking.rows, aged, () => prepare(asking, outlineFor(asking, text, ground), ground));
};
