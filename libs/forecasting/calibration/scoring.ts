import { wholeWeight, type Weight } from '@funnel/kernel';
import type { Accuracy } from '../reforecast/accuracy.ts';

/** How weights did on the periods they were not learnt on. */
export interface Judgement extends Accuracy {
  /** Mean of (weight − won or not)², over every deal at every period end; `null` without any. */
  readonly brier: number | null;
  /** What was said, and what came, weight by weight. */
  readonly reliability: readonly { readonly weight: Weight; readonly count: number; readonly wins: number }[];
}

/** Brier score and reliability of weights; `weightOf` says what a deal of a cell was given. */
export const scored = <Cell extends { readonly count: number; readonly wins: number }>(
  cells: readonly Cell[],
  weightOf: (cell: Cell) => Weight,
): Pick<Judgement, 'brier' | 'reliability'> => {
  const points = new Map<Weight, { weight: Weight; count: number; wins: number }>();
  let squares = 0;
  let total = 0;
  for (const cell of cells) {
    const weight = weightOf(cell);
    const point = points.get(weight) ?? { weight, count: 0, wins: 0 };
    points.set(weight, point);
    point.count += cell.count;
    point.wins += cell.wins;
    // Whole numbers until the end, so that the order of adding does not matter.
    squares += cell.wins * (wholeWeight - weight) ** 2 + (cell.count - cell.wins) * weight ** 2;
    total += cell.count;
  }
  const reliability = [...points.values()].sort((one, other) => one.weight - other.weight);
  return { brier: total === 0 ? null : squares / total / wholeWeight ** 2, reliability };
};
