import type { Stretch } from '../stretch.ts';
import { countAsGarbage } from './growing.ts';
import { instantIn } from './times.ts';

/**
 * How deals stood after each event that a forecast depends on, a row each. What passes go through row by row, the times, is a
 * column of its own. The rest lies in a record of 24 bytes, so that it is in few lines of memory. Each part of it is seen as
 * numbers of its own width, and read by the functions below: those of 8 bytes are three places from row to row, narrower ones
 * twice as many, and so on. Two parts hold two numbers each: what both need together is known to be few bits.
 */
export interface Columns {
  /** Business time, never before that of the beginning, in units, see {@link unitsOf}. */
  units: Uint32Array;
  /** The amount in minor units of the currency. */
  minor: Float64Array;
  /** The code of when the next step is due. */
  due: Uint32Array;
  /** The code of the owner and the rest of the business time, see {@link ownerAndRestOf}. */
  ownerAndRest: Uint32Array;
  /** The number of the event and what it told, see {@link eventAndAspectsOf}. */
  eventAndAspects: Uint32Array;
  stage: Uint16Array;
  /** The currency and the status as one number, see {@link kindOf}. */
  kind: Uint16Array;
}

/** What an event can tell of a deal, as bits. Weights of single deals are few, and kept elsewhere. */
export const aspects = { stage: 1, status: 2, worth: 4, owner: 8, step: 16 } as const;
export const everyAspect = 31;

/** How many codes fit into a row. */
export const mostOwners = 2 ** 21;
export const mostStages = 2 ** 16;
export const mostCurrencies = 2 ** 14;

/** How many places further in its view the next row's number is. */
export const step = { minor: 3, owner: 6 } as const;

// Shifts and multiples that are known when this is compiled, as whole numbers of 32 bits: names for them would be looked up for
// each row, and what may be larger be checked.
export const ownerAndRestOf = (owner: number, rest: number): number => (rest << 21) | owner;
export const ownerIn = (ownerAndRest: number): number => ownerAndRest & 0x1fffff;
export const restIn = (ownerAndRest: number): number => ownerAndRest >>> 21;
/** The rest of the one, the owner of the other. */
export const withOwnerOf = (ownerAndRest: number, other: number): number =>
  (ownerAndRest & ~0x1fffff) | (other & 0x1fffff);
/** `changed`: which of {@link aspects} an event told. */
export const eventAndAspectsOf = (event: number, changed: number): number => (changed << 27) | event;
export const eventIn = (eventAndAspects: number): number => eventAndAspects & 0x7ffffff;
export const changedIn = (eventAndAspects: number): number => eventAndAspects >>> 27;

export const minorOf = ({ minor }: Readonly<Columns>, row: number): number => minor[Math.imul(row, 3)]!;
export const dueCodeOf = ({ due }: Readonly<Columns>, row: number): number => due[Math.imul(row, 6)]!;
export const ownerOf = ({ ownerAndRest }: Readonly<Columns>, row: number): number =>
  ownerIn(ownerAndRest[Math.imul(row, 6)]!);
export const stageOf = ({ stage }: Readonly<Columns>, row: number): number => stage[Math.imul(row, 12)]!;
/** What {@link kindOf} makes of the currency and the status. */
export const kindAt = ({ kind }: Readonly<Columns>, row: number): number => kind[Math.imul(row, 12)]!;
export const currencyOf = (columns: Readonly<Columns>, row: number): number => kindAt(columns, row) >> 2;
export const statusOf = (columns: Readonly<Columns>, row: number): number => statusIn(kindAt(columns, row));
/** Milliseconds since 1970. */
export const instantOf = ({ units, ownerAndRest }: Readonly<Columns>, row: number): number =>
  instantIn(units[row]!, restIn(ownerAndRest[Math.imul(row, 6)]!));
export const eventOf = ({ eventAndAspects }: Readonly<Columns>, row: number): number =>
  eventIn(eventAndAspects[Math.imul(row, 6)]!);
export const changedBy = ({ eventAndAspects }: Readonly<Columns>, row: number): number =>
  changedIn(eventAndAspects[Math.imul(row, 6)]!);

/** Whoever looks for open deals of one currency compares one number. */
export const kindOf = (currency: number, status: number): number => (currency << 2) | status;
export const statusIn = (kind: number): number => kind & 3;

/** Bytes of a row in the column and in the record, in the order of {@link buffersOf}. */
export const rowBytes = [4, 24] as const;

/**
 * Address space, not memory: what no row has been written to takes none. Of so many, all places are
 * numbers of 32 bits, and the numbers of their events, which are no more, numbers of 27.
 */
const mostRows = 2 ** 27;

type Buffers = readonly [times: ArrayBufferLike, records: ArrayBufferLike];

/** What the columns lie in. */
export const buffersOf = ({ units, minor }: Readonly<Columns>): Buffers => [units.buffer, minor.buffer];

interface Kind<View> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): View;
}

/** All that lies in a buffer from some bytes on. Told its length, a view stays as it is while its buffer grows. */
const seen = <View>(View: Kind<View>, buffer: ArrayBufferLike, offset = 0): View =>
  new View(buffer, offset, (buffer.byteLength - offset) / View.BYTES_PER_ELEMENT);

// A literal: objects that are put together name by name keep most of their fields one step further away.
const columnsIn = ([times, records]: Buffers): Columns => ({
  units: seen(Uint32Array, times),
  minor: seen(Float64Array, records),
  due: seen(Uint32Array, records, 8),
  ownerAndRest: seen(Uint32Array, records, 12),
  eventAndAspects: seen(Uint32Array, records, 16),
  stage: seen(Uint16Array, records, 20),
  kind: seen(Uint16Array, records, 22),
});

/** For how many rows there is room. There is one more, never written to: whoever looks at a row looks at the next one, too. */
export const roomIn = ({ units }: Readonly<Columns>): number => units.length - 1;
const bytesFor = (bytesEach: number, rows: number): number => bytesEach * (rows + 1);

/** Columns that stay as long as they are. */
export const columnsFor = (rows: number): Columns => {
  const [times, records] = rowBytes;
  return columnsIn([new ArrayBuffer(bytesFor(times, rows)), new ArrayBuffer(bytesFor(records, rows))]);
};

/** Shared among threads, and grown where it is, without copying. */
export const growableBuffer = (bytesEach: number, rows: number): SharedArrayBuffer => {
  const bytes = bytesFor(bytesEach, rows);
  countAsGarbage(bytes);
  return new SharedArrayBuffer(bytes, { maxByteLength: bytesEach * mostRows });
};

export const growableColumns = (rows: number): Columns => {
  const [times, records] = rowBytes;
  return columnsIn([growableBuffer(times, rows), growableBuffer(records, rows)]);
};

/** Lets one of their buffers be another one from now on. */
export const replaceBuffer = (columns: Columns, place: 0 | 1, buffer: ArrayBufferLike): void => {
  const [times, records] = buffersOf(columns).map((known, each) => (each === place ? buffer : known));
  Object.assign(columns, columnsIn([times!, records!]));
};

/** Makes growable columns longer. Whoever has looked them up before keeps what there was then. */
export const enlarge = (columns: Columns, rows: number): void => {
  const buffers = buffersOf(columns) as readonly SharedArrayBuffer[];
  for (const [place, buffer] of buffers.entries()) buffer.grow(bytesFor(rowBytes[place]!, rows));
  Object.assign(columns, columnsIn(buffersOf(columns)));
};

/** Something of every line of memory that some rows and the ones after them are in. */
export const glimpse = ({ units, minor, kind }: Columns, rows: Uint32Array, { from, until }: Stretch): number => {
  // Whole numbers and fractions apart: nothing is to be turned from one into the other.
  let glimpses = 0;
  let amounts = 0.5;
  for (let place = from; place < until; place += 1) {
    const row = rows[place]! | 0;
    amounts += minor[Math.imul(row, 3)]!;
    glimpses ^= units[row]! ^ kind[Math.imul(row + 1, 12)]!;
  }
  return glimpses + amounts;
};

/** Writes over what a row's own event did not tell how the deal stood before. */
export const carryOn = (columns: Columns, row: number, before: number): void => {
  const changed = changedBy(columns, row);
  const [words, wordsBefore] = [Math.imul(row, 6), Math.imul(before, 6)];
  const { due, ownerAndRest } = columns;
  if (!(changed & aspects.worth)) columns.minor[words >> 1] = minorOf(columns, before);
  if (!(changed & aspects.step)) due[words] = due[wordsBefore]!;
  if (!(changed & aspects.owner)) ownerAndRest[words] = withOwnerOf(ownerAndRest[words]!, ownerAndRest[wordsBefore]!);
  if (!(changed & aspects.stage)) columns.stage[words << 1] = stageOf(columns, before);
  const currency = currencyOf(columns, changed & aspects.worth ? row : before);
  columns.kind[words << 1] = kindOf(currency, statusOf(columns, changed & aspects.status ? row : before));
};

/** Writes a whole row where another one stands, perhaps in other columns. */
export const copyRow = (from: Columns, row: number, { to, place }: { to: Columns; place: number }): void => {
  const [words, wordsThere] = [Math.imul(row, 6), Math.imul(place, 6)];
  to.units[place] = from.units[row]!;
  to.minor[wordsThere >> 1] = minorOf(from, row);
  to.due[wordsThere] = from.due[words]!;
  to.ownerAndRest[wordsThere] = from.ownerAndRest[words]!;
  to.eventAndAspects[wordsThere] = from.eventAndAspects[words]!;
  to.stage[wordsThere << 1] = stageOf(from, row);
  to.kind[wordsThere << 1] = kindAt(from, row);
};
