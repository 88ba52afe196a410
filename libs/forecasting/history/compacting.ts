import { buffersOf, growableColumns, rowBytes, statusOf, type Columns } from './columns.ts';
import { status } from './rows.ts';
import type { KeptRuns } from './runs.ts';

/** How many more rows a deal gets room for where it has so many. */
export const roomFor = (rows: number): number => Math.max(4, rows >> 1);
const roomOfOpenDeal = 4;

interface Move {
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  /** Where each deal's rows go. */
  readonly to: Uint32Array;
}

const planned = ({ first, end }: KeptRuns, columns: Columns): Move & { length: number } => {
  const to = new Uint32Array(first.length);
  let length = 0;
  for (let deal = 0; deal < to.length; deal += 1) {
    to[deal] = length;
    length += end[deal]! - first[deal]!;
    // A closed deal has seldom more to tell.
    if (statusOf(columns, end[deal]! - 1) === status.open) length += roomOfOpenDeal;
  }
  return { first, end, to, length };
};

/** `each`: how many words a row is. */
const moveWords = (from: Uint32Array, into: Uint32Array, { first, end, to, each }: Move & { each: number }): void => {
  for (let deal = 0; deal < to.length; deal += 1) {
    const shift = (to[deal]! - first[deal]!) * each;
    for (let place = first[deal]! * each; place < end[deal]! * each; place += 1) into[place + shift] = from[place]!;
  }
};
// A function of its own: fed with two kinds of arrays, one would run many times slower.
const moveDays = (from: Uint16Array, into: Uint16Array, { first, end, to }: Move): void => {
  for (let deal = 0; deal < to.length; deal += 1) {
    const shift = to[deal]! - first[deal]!;
    for (let row = first[deal]!; row < end[deal]!; row += 1) into[row + shift] = from[row]!;
  }
};

/** Puts the rows of all deals one after the other, column by column. @returns how many rows are in use then */
export const compacted = (columns: Columns, runs: KeptRuns): number => {
  const { length, ...move } = planned(runs, columns);
  const into = growableColumns(length);
  moveDays(columns.day, into.day, move);
  for (const record of [1, 2] as const) {
    const [from, to] = [columns, into].map((each) => new Uint32Array(buffersOf(each)[record]));
    moveWords(from!, to!, { ...move, each: rowBytes[record] / Uint32Array.BYTES_PER_ELEMENT });
  }
  Object.assign(columns, into);
  for (let deal = 0; deal < move.to.length; deal += 1) {
    const count = move.end[deal]! - move.first[deal]!;
    runs.first[deal] = move.to[deal]!;
    runs.end[deal] = move.to[deal]! + count;
    runs.limit[deal] = move.to[deal + 1] ?? length;
  }
  return length;
};
