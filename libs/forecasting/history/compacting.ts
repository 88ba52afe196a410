import { bytesEach, columnNames, growableColumn, type ColumnName, type Columns } from './columns.ts';
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

const planned = ({ first, end }: KeptRuns, { status: statuses }: Columns): Move & { length: number } => {
  const to = new Uint32Array(first.length);
  let length = 0;
  for (let deal = 0; deal < to.length; deal += 1) {
    to[deal] = length;
    length += end[deal]! - first[deal]!;
    // A closed deal has seldom more to tell.
    if (statuses[end[deal]! - 1] === status.open) length += roomOfOpenDeal;
  }
  return { first, end, to, length };
};

// One function for each width: fed with several kinds of arrays, one function would run many times slower.
const moveWords = (from: Uint32Array, into: Uint32Array, { first, end, to, each }: Move & { each: number }): void => {
  for (let deal = 0; deal < to.length; deal += 1) {
    const shift = (to[deal]! - first[deal]!) * each;
    for (let place = first[deal]! * each; place < end[deal]! * each; place += 1) into[place + shift] = from[place]!;
  }
};
const moveShorts = (from: Uint16Array, into: Uint16Array, { first, end, to }: Move): void => {
  for (let deal = 0; deal < to.length; deal += 1) {
    const shift = to[deal]! - first[deal]!;
    for (let row = first[deal]!; row < end[deal]!; row += 1) into[row + shift] = from[row]!;
  }
};
const moveBytes = (from: Uint8Array, into: Uint8Array, { first, end, to }: Move): void => {
  for (let deal = 0; deal < to.length; deal += 1) {
    const shift = to[deal]! - first[deal]!;
    for (let row = first[deal]!; row < end[deal]!; row += 1) into[row + shift] = from[row]!;
  }
};

/** Moves a column as what it is in memory, whatever its numbers mean. */
const movedColumn = (from: Columns[ColumnName], into: Columns[ColumnName], move: Move & { bytes: number }): void => {
  const [length, room] = [from.byteLength, into.byteLength];
  const { bytes } = move;
  if (bytes === 1) moveBytes(new Uint8Array(from.buffer, 0, length), new Uint8Array(into.buffer, 0, room), move);
  else if (bytes === 2) {
    moveShorts(new Uint16Array(from.buffer, 0, length / 2), new Uint16Array(into.buffer, 0, room / 2), move);
  } else {
    const words = new Uint32Array(from.buffer, 0, length / 4);
    moveWords(words, new Uint32Array(into.buffer, 0, room / 4), { ...move, each: bytes / 4 });
  }
};

/** Puts the rows of all deals one after the other, column by column. @returns how many rows are in use then */
export const compacted = (columns: Columns, runs: KeptRuns): number => {
  const { length, ...move } = planned(runs, columns);
  for (const name of columnNames) {
    const into = growableColumn(name, length);
    movedColumn(columns[name], into, { ...move, bytes: bytesEach(name) });
    Object.assign(columns, { [name]: into });
  }
  for (let deal = 0; deal < move.to.length; deal += 1) {
    const count = move.end[deal]! - move.first[deal]!;
    runs.first[deal] = move.to[deal]!;
    runs.end[deal] = move.to[deal]! + count;
    runs.limit[deal] = move.to[deal + 1] ?? length;
  }
  return length;
};
