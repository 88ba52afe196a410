import { dayMs } from '@funnel/kernel';
import type { KnownHistory } from '../history/history.ts';
import type { ReforecastRequest } from './request.ts';

/**
 * What weighs apart from each other: each stage has one slot, and one more for every age from which on it weighs
 * otherwise.
 */
export interface Ages {
  /** Stage s has the slots from `starts[s]` until before `starts[s + 1]`. */
  readonly starts: Uint32Array;
  readonly slotCount: number;
  /** By slot: from how many milliseconds in the stage it counts. */
  readonly from: Float64Array;
  /** By slot: its stage. */
  readonly stages: Uint32Array;
}

type AgeWeights = NonNullable<ReforecastRequest['ageWeights']>;

/** The ages at which weights may change; their weights do not matter. */
export const agesOf = (history: KnownHistory, ageWeights: AgeWeights = {}): Ages => {
  const from: number[] = [];
  const stages: number[] = [];
  const starts = history.stages.texts.map((key, stage) => {
    const borders = [-Infinity, ...(ageWeights[key] ?? []).map(({ fromDays }) => fromDays * dayMs)];
    for (const border of borders) {
      from.push(border);
      stages.push(stage);
    }
    return from.length - borders.length;
  });
  return {
    starts: Uint32Array.of(...starts, from.length),
    slotCount: from.length,
    from: Float64Array.from(from),
    stages: Uint32Array.from(stages),
  };
};

/** The slot of a deal that has stood in a stage for so long, looked for from one slot of the stage on. */
export const slotAt = ({ starts, from, stages }: Ages, slot: number, age: number): number => {
  const end = starts[stages[slot]! + 1]!;
  let found = slot;
  while (found + 1 < end && age >= from[found + 1]!) found += 1;
  return found;
};
