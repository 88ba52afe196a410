import type { Stretch } from '../stretch.ts';
import { countAsGarbage } from './growing.ts';

/**
 * How deals stood after each event that a forecast depends on, a row each. What passes go through row by row, the days, is a
 * column of its own. The rest lies in two records a row, so that it is in few lines of memory: how the deal stood is one of 24
 * bytes, what the event told one of 16. Each part is seen as numbers of its own width, and read by the functions below: those
 * of 8 bytes are three places from row to row in the one, two in the other, narrower ones twice as many, and so on.
 */
export interface Columns {
  /** The day of `at`. */
  day: Uint16Array;
  /** The amount in minor units of the currency. */
  minor: Float64Array;
  /** When the next step is due: Infinity without a date, -Infinity without a next step. Milliseconds since 1970. */
  due: Float64Array;
  owner: Uint32Array;
  stage: Uint16Array;
  /** The currency and the status as one number, see {@link kindOf}. */
  kind: Uint16Array;
  /** Business time, never before the deal was added. Milliseconds since 1970. */
  at: Float64Array;
  /** The number of the event. */
  event: Uint32Array;
  /** That of the single deal in 1/10,000, -1 where the stage decides. */
  weight: Int16Array;
  /** Which of {@link aspects} the event told. */
  changed: Uint8Array;
}

/** What an event can tell of a deal, as bits. */
export const aspects = { stage: 1, status: 2, worth: 4, owner: 8, weight: 16, step: 32 } as const;
export const everyAspect = 63;

/** How many places further in its view the next row's number is. */
export const step = { minor: 3, owner: 6 } as const;

// Shifts and multiples that are known when this is compiled, as whole numbers of 32 bits: names for them would be looked up for
// each row, and what may be larger be checked.
export const minorOf = ({ minor }: Readonly<Columns>, row: number): number => minor[Math.imul(row, 3)]!;
export const dueOf = ({ due }: Readonly<Columns>, row: number): number => due[Math.imul(row, 3)]!;
export const ownerOf = ({ owner }: Readonly<Columns>, row: number): number => owner[Math.imul(row, 6)]!;
export const stageOf = ({ stage }: Readonly<Columns>, row: number): number => stage[Math.imul(row, 12)]!;
/** What {@link kindOf} makes of the currency and the status. */
export const kindAt = ({ kind }: Readonly<Columns>, row: number): number => kind[Math.imul(row, 12)]!;
export const currencyOf = (columns: Readonly<Columns>, row: number): number => kindAt(columns, row) >> 2;
export const statusOf = (columns: Readonly<Columns>, row: number): number => statusIn(kindAt(columns, row));
export const instantOf = ({ at }: Readonly<Columns>, row: number): number => at[row << 1]!;
export const eventOf = ({ event }: Readonly<Columns>, row: number): number => event[row << 2]!;
export const ownWeightOf = ({ weight }: Readonly<Columns>, row: number): number => weight[row << 3]!;
export const changedBy = ({ changed }: Readonly<Columns>, row: number): number => changed[row << 4]!;

/** Whoever looks for open deals of one currency compares one number. */
export const kindOf = (currency: number, status: number): number => (currency << 2) | status;
export const statusIn = (kind: number): number => kind & 3;

/** Bytes of a row in the column and in each of the records, in the order of {@link buffersOf}. */
export const rowBytes = [2, 24, 16] as const;

/** Address space, not memory: what no row has been written to takes none. All places of so many are numbers of 32 bits. */
const mostRows = 2 ** 27;

type Buffers = readonly [days: ArrayBufferLike, standings: ArrayBufferLike, tellings: ArrayBufferLike];

/** What the columns lie in. */
export const buffersOf = ({ day, minor, at }: Readonly<Columns>): Buffers => [day.buffer, minor.buffer, at.buffer];

interface Kind<View> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): View;
}

/** All that lies in a buffer from some bytes on. Told its length, a view stays as it is while its buffer grows. */
const seen = <View>(View: Kind<View>, buffer: ArrayBufferLike, offset = 0): View =>
  new View(buffer, offset, (buffer.byteLength - offset) / View.BYTES_PER_ELEMENT);

// A literal: objects that are put together name by name keep most of their fields one step further away.
const columnsIn = ([days, standings, tellings]: Buffers): Columns => ({
  day: seen(Uint16Array, days),
  minor: seen(Float64Array, standings),
  due: seen(Float64Array, standings, 8),
  owner: seen(Uint32Array, standings, 16),
  stage: seen(Uint16Array, standings, 20),
  kind: seen(Uint16Array, standings, 22),
  at: seen(Float64Array, tellings),
  event: seen(Uint32Array, tellings, 8),
  weight: seen(Int16Array, tellings, 12),
  changed: seen(Uint8Array, tellings, 14),
});

/** For how many rows there is room. There is one more, never written to: whoever looks at a row looks at the next one, too. */
export const roomIn = ({ day }: Readonly<Columns>): number => day.length - 1;
const bytesFor = (bytesEach: number, rows: number): number => bytesEach * (rows + 1);

/** Columns that stay as long as they are. */
export const columnsFor = (rows: number): Columns => {
  const [days, standings, tellings] = rowBytes;
  const bufferFor = (bytesEach: number) => new ArrayBuffer(bytesFor(bytesEach, rows));
  return columnsIn([bufferFor(days), bufferFor(standings), bufferFor(tellings)]);
};

/** Shared among threads, and grown where it is, without copying. */
export const growableBuffer = (bytesEach: number, rows: number): SharedArrayBuffer => {
  const bytes = bytesFor(bytesEach, rows);
  countAsGarbage(bytes);
  return new SharedArrayBuffer(bytes, { maxByteLength: bytesEach * mostRows });
};

export const growableColumns = (rows: number): Columns => {
  const [days, standings, tellings] = rowBytes;
  return columnsIn([growableBuffer(days, rows), growableBuffer(standings, rows), growableBuffer(tellings, rows)]);
};

/** Lets one of their buffers be another one from now on. */
export const replaceBuffer = (columns: Columns, place: 0 | 1 | 2, buffer: ArrayBufferLike): void => {
  const [days, standings, tellings] = buffersOf(columns).map((known, each) => (each === place ? buffer : known));
  Object.assign(columns, columnsIn([days!, standings!, tellings!]));
};

/** Makes growable columns longer. Whoever has looked them up before keeps what there was then. */
export const enlarge = (columns: Columns, rows: number): void => {
  const buffers = buffersOf(columns) as readonly SharedArrayBuffer[];
  for (const [place, buffer] of buffers.entries()) buffer.grow(bytesFor(rowBytes[place]!, rows));
  Object.assign(columns, columnsIn(buffersOf(columns)));
};

/** Something of every line of memory that some rows and the ones after them are in. */
export const glimpse = ({ day, minor, kind, event }: Columns, rows: Uint32Array, { from, until }: Stretch): number => {
  // Whole numbers and fractions apart: nothing is to be turned from one into the other.
  let glimpses = 0;
  let amounts = 0.5;
  for (let place = from; place < until; place += 1) {
    const row = rows[place]! | 0;
    const next = row + 1;
    amounts += minor[Math.imul(row, 3)]!;
    glimpses ^= day[row]! ^ kind[Math.imul(next, 12)]! ^ event[row << 2]! ^ event[next << 2]!;
  }
  return glimpses + amounts;
};

/** Writes over what a row's own event did not tell how the deal stood before. */
export const carryOn = (columns: Columns, row: number, before: number): void => {
  const changed = changedBy(columns, row);
  const standing = Math.imul(row, 3);
  if (!(changed & aspects.worth)) columns.minor[standing] = minorOf(columns, before);
  if (!(changed & aspects.step)) columns.due[standing] = dueOf(columns, before);
  if (!(changed & aspects.owner)) columns.owner[standing << 1] = ownerOf(columns, before);
  if (!(changed & aspects.stage)) columns.stage[standing << 2] = stageOf(columns, before);
  if (!(changed & aspects.weight)) columns.weight[row << 3] = ownWeightOf(columns, before);
  const currency = currencyOf(columns, changed & aspects.worth ? row : before);
  columns.kind[standing << 2] = kindOf(currency, statusOf(columns, changed & aspects.status ? row : before));
};

/** Writes a whole row where another one stands, perhaps in other columns. */
export const copyRow = (from: Columns, row: number, { to, place }: { to: Columns; place: number }): void => {
  const standing = Math.imul(place, 3);
  to.day[place] = from.day[row]!;
  to.minor[standing] = minorOf(from, row);
  to.due[standing] = dueOf(from, row);
  to.owner[standing << 1] = ownerOf(from, row);
  to.stage[standing << 2] = stageOf(from, row);
  to.kind[standing << 2] = kindAt(from, row);
  to.at[place << 1] = instantOf(from, row);
  to.event[place << 2] = eventOf(from, row);
  to.weight[place << 3] = ownWeightOf(from, row);
  to.changed[place << 4] = changedBy(from, row);
};
