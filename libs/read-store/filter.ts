import type { Filter } from 'mongodb';
import type { RowDocument } from './tables.ts';

/** What a field must be: a value, or within bounds. An array field matches where one of its items does. */
export type Criterion<Value> =
  | Value
  | {
      readonly $in?: readonly Value[];
      readonly $nin?: readonly Value[];
      readonly $ne?: Value;
      readonly $gt?: Value;
      readonly $gte?: Value;
      readonly $lt?: Value;
      readonly $lte?: Value;
      readonly $exists?: boolean;
      readonly $regex?: string;
      readonly $options?: string;
    };

type DottedPath = `${string}.${string}`;

/** Which rows: all the named fields (or dotted paths into them) must match, one of `$or` and all of `$and` where they are given. */
export type RowFilter<Row> = { readonly [Field in keyof Row & string]?: Criterion<Row[Field]> } & {
  readonly [path: DottedPath]: unknown;
  readonly $or?: readonly RowFilter<Row>[];
  readonly $and?: readonly RowFilter<Row>[];
};

/** The filter as the store wants it: rows that are gone left out. */
export const present = <Row>(...filters: readonly RowFilter<Row>[]): Filter<RowDocument> =>
  ({
    $and: [{ gone: { $exists: false } }, ...filters.filter((each) => Object.keys(each).length > 0)],
  }) as Filter<RowDocument>;
