import { buffersOf, growableBuffer, replaceBuffer, rowBytes, statusOf, type Columns } from './columns.ts';
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

// Told its length, it is as fast as one whose buffer does not grow.
const wordsIn = (buffer: ArrayBufferLike) => new Uint32Array(buffer, 0, buffer.byteLength / 4);

/** `words`: how many a row is. */
const moveRows = (from: Uint32Array, into: Uint32Array, { first, end, to, words }: Move & { words: number }): void => {
  for (let deal = 0; deal < to.length; deal += 1) {
    const shift = (to[deal]! - first[deal]!) * words;
    for (let place = first[deal]! * words; place < end[deal]! * words; place += 1) into[place + shift] = from[place]!;
  }
};

/**
 * Puts the rows of all deals one after the other, buffer by buffer, so that there are never two of all.
 * @returns how many rows are in use then
 */
export const compacted = (columns: Columns, runs: KeptRuns): number => {
  const { length, ...move } = planned(runs, columns);
  for (const place of [0, 1] as const) {
    const [from, into] = [buffersOf(columns)[place], growableBuffer(rowBytes[place], length)];
    moveRows(wordsIn(from), wordsIn(into), { ...move, words: rowBytes[place] / Uint32Array.BYTES_PER_ELEMENT });
    replaceBuffer(columns, place, into);
  }
  for (let deal = 0; deal < move.to.length; deal += 1) {
    const count = move.end[deal]! - move.first[deal]!;
    runs.first[deal] = move.to[deal]!;
    runs.end[deal] = move.to[deal]! + count;
    runs.limit[deal] = move.to[deal + 1] ?? length;
  }
  return length;
};
