import { divideRounded, wholeWeight, type Weight } from '@funnel/kernel';
import { credibilities } from './credibility.ts';
import type { FineCell } from './fine-cells.ts';
import { sampled, type Sample } from './standing-times.ts';
import { wilson } from './wilson.ts';

/** What a stage is worth to deals that have stood there for so long, in one segment. */
export interface LearntCell extends Sample {
  readonly stage: string;
  /** Days in the stage: from, until before; `null` without an upper bound. */
  readonly fromDays: number;
  readonly untilDays: number | null;
  /** `total` where no segment was asked for; `null` is none. */
  readonly segment: string | null;
  /** Deals that stood there, counted at every period end. */
  readonly count: number;
  readonly wins: number;
  readonly amount: bigint;
  readonly realized: bigint;
  /** The share that was won, as it is: wins ÷ count and realized ÷ amount, never above 1. */
  readonly byCount: Weight;
  readonly byAmount: Weight | null;
  /** 95 % of Wilson, of the share by count, with as many trials as the deals are independent ones. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** How far the cell is believed against its stage, 0 to 1; and the share by count that this comes to. */
  readonly credibility: number;
  readonly weight: Weight;
}

type Place = Pick<FineCell, 'stage' | 'age' | 'segment'>;

/** The cells of one place at all period ends as one. */
export interface MergedCell extends Place {
  readonly count: number;
  readonly wins: number;
  readonly amount: bigint;
  readonly realized: bigint;
  readonly sample: Sample;
}

export const placeOf = ({ stage, age, segment }: Place): string => JSON.stringify([stage, age, segment]);

/** By deal: in how many of the cells it is. */
const timesOf = (cells: readonly FineCell[]): ReadonlyMap<number, number> => {
  const times = new Map<number, number>();
  for (const { deals } of cells) for (const deal of deals) times.set(deal, (times.get(deal) ?? 0) + 1);
  return times;
};

export const merged = (cells: readonly FineCell[]): MergedCell[] => {
  const places = Map.groupBy(cells, placeOf);
  return [...places.values()].map((alike) => {
    const { stage, age, segment } = alike[0]!;
    const sum = (of: (cell: FineCell) => bigint) => alike.reduce((total, cell) => total + of(cell), 0n);
    return {
      ...{ stage, age, segment },
      count: alike.reduce((total, cell) => total + cell.count, 0),
      wins: alike.reduce((total, cell) => total + cell.wins, 0),
      amount: sum(({ amount }) => amount.total),
      realized: sum(({ realized }) => realized.total),
      sample: sampled(timesOf(alike).values()),
    };
  });
};

const toWeight = (share: number): Weight => Math.round(share * wholeWeight);
const shareOf = ({ wins, count }: Pick<MergedCell, 'wins' | 'count'>): number => wins / count;

const amountShare = ({ amount, realized }: MergedCell): Weight | null =>
  amount <= 0n ? null : Math.min(wholeWeight, Number(divideRounded(realized * BigInt(wholeWeight), amount)));

const inOrder = (one: MergedCell, other: MergedCell): number => {
  if (one.age !== other.age || one.segment === other.segment) return one.age - other.age;
  if (one.segment === null || other.segment === null) return one.segment === null ? 1 : -1;
  return one.segment < other.segment ? -1 : 1;
};

/** The share by count of all cells of a stage. */
const wholeShare = (cells: readonly MergedCell[]): number =>
  shareOf({
    wins: cells.reduce((sum, { wins }) => sum + wins, 0),
    count: cells.reduce((sum, { count }) => sum + count, 0),
  });

/**
 * The cells of one stage, each believed as far as its deals go and otherwise worth what the stage is: a cell of few deals says
 * little, and a bound below which it said nothing at all would let figures jump.
 */
export const learntCells = (
  stage: string,
  ofStage: readonly MergedCell[],
  ageDays: readonly number[],
): LearntCell[] => {
  const cells = [...ofStage].sort(inOrder);
  const whole = wholeShare(cells);
  const believed = credibilities(cells.map((cell) => ({ size: cell.sample.effective, share: shareOf(cell) })));
  return cells.map((cell, index) => {
    const { age, segment, count, wins, amount, realized, sample } = cell;
    const credibility = believed[index]!;
    return {
      ...{ stage, segment, fromDays: ageDays[age - 1] ?? 0, untilDays: ageDays[age] ?? null },
      ...{ count, ...sample, wins, amount, realized, credibility },
      byCount: toWeight(shareOf(cell)),
      byAmount: amountShare(cell),
      interval: wilson(shareOf(cell) * sample.effective, sample.effective),
      weight: toWeight(credibility * shareOf(cell) + (1 - credibility) * whole),
    };
  });
};

/** What a deal of a cell weighs by what was learnt: the stage's share where no such cell was; `undefined` where nothing was. */
export const weightsOf = (
  cells: readonly MergedCell[],
  ageDays: readonly number[],
): ((cell: Place) => Weight | undefined) => {
  const stages = Map.groupBy(cells, ({ stage }) => stage);
  const wholes = new Map([...stages].map(([stage, alike]) => [stage, toWeight(wholeShare(alike))]));
  const weights = new Map(
    [...stages.values()].flatMap((alike) => {
      const sorted = [...alike].sort(inOrder);
      return learntCells('', sorted, ageDays).map(({ weight }, index) => [placeOf(sorted[index]!), weight] as const);
    }),
  );
  return (cell) => weights.get(placeOf(cell)) ?? wholes.get(cell.stage);
};
