import { idParts } from './event-ids.ts';
import { bytesOf, codesOf, floatsOf, resized, shortsOf, signedShortsOf } from './growing.ts';

/** How each column of the rows is kept. The names are those of the file on disk, too. */
export const columnKinds = {
  at: floatsOf,
  recordedAt: floatsOf,
  minor: floatsOf,
  due: floatsOf,
  owner: codesOf,
  stage: shortsOf,
  currency: shortsOf,
  weight: signedShortsOf,
  status: bytesOf,
  changed: bytesOf,
  ids: (length: number) => codesOf(length * idParts),
} as const;
export type ColumnName = keyof typeof columnKinds;
export const columnNames = Object.keys(columnKinds) as ColumnName[];

/**
 * How deals stood after each event that a forecast depends on, a row each. Instants are milliseconds since 1970.
 * `at` is business time, never before the deal was added, `recordedAt` record time; `minor` the amount in minor units of
 * `currency`; `due` when the next step is due (Infinity without a date, -Infinity without a next step); `weight` that of
 * the single deal in 1/10,000, -1 where the stage decides; `changed` which of {@link aspects} the event told; `ids` the
 * UUID of the event.
 */
export type Columns = { -readonly [Name in ColumnName]: ReturnType<(typeof columnKinds)[Name]> };

/** What an event can tell of a deal, as bits. */
export const aspects = { stage: 1, status: 2, worth: 4, owner: 8, weight: 16, step: 32 } as const;
export const everyAspect = 63;

export const columnsFor = (rows: number): Columns => {
  const made = Object.entries(columnKinds).map(([name, ofLength]) => [name, ofLength(rows)]);
  return Object.fromEntries(made) as Columns;
};

/** The same columns with room for more rows, one after the other. */
export const enlarge = (columns: Columns, rows: number): void => {
  columns.at = resized(columns.at, rows, columnKinds.at);
  columns.recordedAt = resized(columns.recordedAt, rows, columnKinds.recordedAt);
  columns.minor = resized(columns.minor, rows, columnKinds.minor);
  columns.due = resized(columns.due, rows, columnKinds.due);
  columns.owner = resized(columns.owner, rows, columnKinds.owner);
  columns.stage = resized(columns.stage, rows, columnKinds.stage);
  columns.currency = resized(columns.currency, rows, columnKinds.currency);
  columns.weight = resized(columns.weight, rows, columnKinds.weight);
  columns.status = resized(columns.status, rows, columnKinds.status);
  columns.changed = resized(columns.changed, rows, columnKinds.changed);
  columns.ids = resized(columns.ids, rows * idParts, codesOf);
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

/** Writes a whole row where another one stands, perhaps in other columns. */
export const copyRow = (from: Columns, row: number, { to, place }: { to: Columns; place: number }): void => {
  to.at[place] = from.at[row]!;
  to.recordedAt[place] = from.recordedAt[row]!;
  to.minor[place] = from.minor[row]!;
  to.due[place] = from.due[row]!;
  to.owner[place] = from.owner[row]!;
  to.stage[place] = from.stage[row]!;
  to.currency[place] = from.currency[row]!;
  to.weight[place] = from.weight[row]!;
  to.status[place] = from.status[row]!;
  to.changed[place] = from.changed[row]!;
  for (let part = 0; part < idParts; part += 1) to.ids[place * idParts + part] = from.ids[row * idParts + part]!;
};
