import type { RowDocument } from './tables.ts';

/** Fields to sort by, in order; 1 upwards, -1 downwards. Rows that are equal in them follow their ids. */
export type RowSort<Row> = { readonly [Field in keyof Row & string]?: 1 | -1 } & {
  readonly [path: `${string}.${string}`]: 1 | -1;
};

/** The text given as a cursor is not one that this sort order has handed out. */
export class InvalidCursor extends Error {
  constructor(options?: ErrorOptions) {
    super('the cursor does not belong to this list', options);
    this.name = 'InvalidCursor';
  }
}

type Order = readonly (readonly [path: string, direction: 1 | -1])[];
type Condition = Readonly<Record<string, unknown>>;

export const orderOf = (sort: Readonly<Record<string, 1 | -1 | undefined>>): Order => [
  ...Object.entries(sort).flatMap(([path, direction]) => (direction ? [[path, direction] as const] : [])),
  ['_id', 1] as const,
];

const valueAt = (row: RowDocument, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, field) => (value as Record<string, unknown> | null | undefined)?.[field], row) ?? null;

/** A cursor that stands behind this row. */
export const cursorAfter = (order: Order, row: RowDocument): string =>
  Buffer.from(JSON.stringify([order, order.map(([path]) => valueAt(row, path))])).toString('base64url');

// Null and absent sort before everything, and comparisons never reach across types; so null needs its own words.
const beyond = (path: string, direction: 1 | -1, value: unknown): Condition[] => {
  if (value === null) return direction === 1 ? [{ [path]: { $ne: null } }] : [];
  return direction === 1 ? [{ [path]: { $gt: value } }] : [{ [path]: { $lt: value } }, { [path]: null }];
};

const decode = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw new InvalidCursor({ cause });
  }
};

/** The rows behind a cursor. @throws {InvalidCursor} */
export const behind = (order: Order, cursor: string): { readonly $or: readonly Condition[] } => {
  const decoded = decode(cursor);
  const [given, values] = Array.isArray(decoded) ? (decoded as unknown[]) : [];
  if (JSON.stringify(given) !== JSON.stringify(order) || !Array.isArray(values) || values.length !== order.length) {
    throw new InvalidCursor();
  }
  if (values.some((value) => typeof value === 'object' && value !== null)) throw new InvalidCursor();
  const $or = order.flatMap(([path, direction], place) => {
    const equal = order.slice(0, place).map(([tied], at) => ({ [tied]: values[at] }));
    return beyond(path, direction, values[place]).map((condition) => ({ $and: [...equal, condition] }));
  });
  return { $or };
};
