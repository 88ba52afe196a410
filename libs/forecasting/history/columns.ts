import { countAsGarbage } from './growing.ts';

/**
 * How deals stood after each event that a forecast depends on, a row each. Instants are milliseconds since 1970.
 * `at` is business time, never before the deal was added, and `day` its day; `minor` the amount in minor units of `currency`; `due` when the
 * next step is due (Infinity without a date, -Infinity without a next step); `weight` that of the single deal in 1/10,000,
 * -1 where the stage decides; `changed` which of {@link aspects} the event told; `event` the number of the event.
 */
export interface Columns {
  at: Float64Array;
  minor: Float64Array;
  due: Float64Array;
  owner: Uint32Array;
  event: Uint32Array;
  day: Uint16Array;
  stage: Uint16Array;
  currency: Uint16Array;
  weight: Int16Array;
  status: Uint8Array;
  changed: Uint8Array;
}
export type ColumnName = keyof Columns;

interface Kind<Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Column;
}

/** How each column is kept. The names are those of the file on disk, too. */
const columnKinds: { readonly [Name in ColumnName]: Kind<Columns[Name]> } = {
  at: Float64Array,
  minor: Float64Array,
  due: Float64Array,
  owner: Uint32Array,
  event: Uint32Array,
  day: Uint16Array,
  stage: Uint16Array,
  currency: Uint16Array,
  weight: Int16Array,
  status: Uint8Array,
  changed: Uint8Array,
};
export const columnNames = Object.keys(columnKinds) as ColumnName[];

/** What an event can tell of a deal, as bits. */
export const aspects = { stage: 1, status: 2, worth: 4, owner: 8, weight: 16, step: 32 } as const;
export const everyAspect = 63;

/** How many bytes a row takes in a column. */
export const bytesEach = (name: ColumnName): number => columnKinds[name].BYTES_PER_ELEMENT;

/** Address space, not memory: what no row has been written to takes none. */
const mostRows = 2 ** 28;

const columnIn = <Name extends ColumnName>(buffer: ArrayBufferLike, name: Name, rows: number): Columns[Name] =>
  new columnKinds[name](buffer, 0, rows);

// A literal: objects that are put together name by name keep most of their fields one step further away.
const columnsBy = (columnOf: <Name extends ColumnName>(name: Name) => Columns[Name]): Columns => ({
  at: columnOf('at'),
  minor: columnOf('minor'),
  due: columnOf('due'),
  owner: columnOf('owner'),
  event: columnOf('event'),
  day: columnOf('day'),
  stage: columnOf('stage'),
  currency: columnOf('currency'),
  weight: columnOf('weight'),
  status: columnOf('status'),
  changed: columnOf('changed'),
});

/** Columns that stay as long as they are. */
export const columnsFor = (rows: number): Columns =>
  columnsBy((name) => columnIn(new ArrayBuffer(bytesEach(name) * rows), name, rows));

/** Shared among threads, and grown where it is, without copying. */
export const growableColumn = <Name extends ColumnName>(name: Name, rows: number): Columns[Name] => {
  const [bytes, most] = [bytesEach(name) * rows, bytesEach(name) * mostRows];
  countAsGarbage(bytes);
  return columnIn(new SharedArrayBuffer(bytes, { maxByteLength: most }), name, rows);
};

export const growableColumns = (rows: number): Columns => columnsBy((name) => growableColumn(name, rows));

/** Makes growable columns longer. Whoever has looked them up before keeps what there was then. */
export const enlarge = (columns: Columns, rows: number): void => {
  for (const name of columnNames) {
    const buffer = columns[name].buffer as SharedArrayBuffer;
    buffer.grow(bytesEach(name) * rows);
    Object.assign(columns, { [name]: columnIn(buffer, name, rows) });
  }
};

/** Writes over what a row's own event did not tell how the deal stood before. */
export const carryOn = (columns: Columns, row: number, before: number): void => {
  const changed = columns.changed[row]!;
  if (!(changed & aspects.stage)) columns.stage[row] = columns.stage[before]!;
  if (!(changed & aspects.status)) columns.status[row] = columns.status[before]!;
  if (!(changed & aspects.owner)) columns.owner[row] = columns.owner[before]!;
  if (!(changed & aspects.weight)) columns.weight[row] = columns.weight[before]!;
  if (!(changed & aspects.step)) columns.due[row] = columns.due[before]!;
  if (changed & aspects.worth) return;
  columns.minor[row] = columns.minor[before]!;
  columns.currency[row] = columns.currency[before]!;
};

/** Something of every column of a row. */
export const glimpse = (columns: Columns, row: number): number =>
  columns.at[row]! +
  columns.day[row]! +
  columns.minor[row]! +
  columns.due[row]! +
  columns.owner[row]! +
  columns.event[row]! +
  columns.stage[row]! +
  columns.currency[row]! +
  columns.weight[row]! +
  columns.status[row]! +
  columns.changed[row]!;

/** Writes a whole row where another one stands, perhaps in other columns. */
export const copyRow = (from: Columns, row: number, { to, place }: { to: Columns; place: number }): void => {
  to.at[place] = from.at[row]!;
  to.day[place] = from.day[row]!;
  to.minor[place] = from.minor[row]!;
  to.due[place] = from.due[row]!;
  to.owner[place] = from.owner[row]!;
  to.event[place] = from.event[row]!;
  to.stage[place] = from.stage[row]!;
  to.currency[place] = from.currency[row]!;
  to.weight[place] = from.weight[row]!;
  to.status[place] = from.status[row]!;
  to.changed[place] = from.changed[row]!;
};
