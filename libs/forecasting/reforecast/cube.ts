import { bigAt, digitsOf, type Digits } from './digits.ts';
import { sumsEach, winsAfter, type Sums } from './pass.ts';

/** How cells stand: by period, group, slot (a stage, or a stage at an age), and next step, in this order. */
export interface Shape {
  readonly groupCount: number;
  readonly slotCount: number;
}

/** What stood open at period ends, and what came of it; only cells in which something stood, exact. */
export interface Cube extends Shape {
  /** By used cell: its place among all. */
  readonly places: Uint32Array;
  readonly counts: Float64Array;
  /** Of the counts: won by the horizon; and what for. */
  readonly wins: Float64Array;
  readonly amounts: Digits;
  readonly realized: Digits;
}

/** Where a cell stands. */
export interface Place {
  readonly period: number;
  readonly group: number;
  readonly slot: number;
  readonly hasOpenStep: boolean;
}

export const placeAt = ({ groupCount, slotCount }: Shape, index: number): Place => {
  const slotAndGroup = Math.floor(index / 2);
  const groupAndPeriod = Math.floor(slotAndGroup / slotCount);
  return {
    period: Math.floor(groupAndPeriod / groupCount),
    group: groupAndPeriod % groupCount,
    slot: slotAndGroup % slotCount,
    hasOpenStep: index % 2 === 1,
  };
};

const usedCells = (sums: Sums): Uint32Array => {
  const used = new Uint32Array(sums.length / sumsEach);
  let count = 0;
  for (let cell = 0; cell < used.length; cell += 1) if (sums[cell * sumsEach] !== 0) used[count++] = cell;
  return used.slice(0, count);
};

/** From the sums of one pass, or of one pass over the lower digits and one over the higher ones. */
export const cubeOf = ({ groupCount, slotCount }: Shape, [lower, higher]: readonly [Sums, Sums?]): Cube => {
  const places = usedCells(lower);
  const column = (sums: Sums, which: number): Float64Array => {
    const values = new Float64Array(places.length);
    for (let cell = 0; cell < values.length; cell += 1) values[cell] = sums[places[cell]! * sumsEach + which]!;
    return values;
  };
  const exact = (which: number) => digitsOf(column(lower, which), higher && column(higher, which));
  return {
    ...{ groupCount, slotCount, places, counts: column(lower, 0), wins: column(lower, winsAfter) },
    ...{ amounts: exact(1), realized: exact(winsAfter + 1) },
  };
};

/** Deals that stood open alike at one period end, exactly. Amounts are minor units. */
export interface Cell {
  /** Places in what was asked for: the period, the group, the stage by its code in the history. */
  readonly period: number;
  readonly group: number;
  readonly stage: number;
  readonly hasOpenStep: boolean;
  readonly count: number;
  readonly amount: bigint;
  /** Of these deals: won by the horizon; and what for. */
  readonly wins: number;
  readonly realized: bigint;
}

export const cellsOf = (cube: Cube): Cell[] =>
  Array.from(cube.places, (place, index) => {
    const { slot: stage, ...where } = placeAt(cube, place);
    return {
      ...{ ...where, stage, count: cube.counts[index]!, wins: cube.wins[index]! },
      amount: bigAt(cube.amounts, index),
      realized: bigAt(cube.realized, index),
    };
  });
