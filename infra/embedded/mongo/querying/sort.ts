import { type Document, type Fields, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { CommandFailure, failure, locationFailure } from '../errors.ts';
import type { Compare } from '../matching/collation.ts';
import { currentCollation } from '../matching/collation-scope.ts';
import { checkFieldPath } from '../matching/field-path.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { comparable, componentKey, indexedValues } from '../storage/index-keys.ts';
import { shellText } from '../storage/shell-text.ts';

export interface SortField {
  readonly path: string;
  readonly descending: boolean;
  /** How text is compared, when not by its bytes. */
  readonly compare?: Compare | undefined;
}

const metas = ['textScore', 'randVal', 'searchScore', 'geoNearDistance', 'vectorSearchScore', 'score'];

/** Only a search could say what documents would be sorted by here. */
const noMeta = (order: Document): Error => {
  if (!('$meta' in order)) return locationFailure(17312, '$meta is the only expression supported by $sort right now');
  if (metas.includes(String(order.$meta))) return failure('BadValue', '$meta sorts are not supported by this server');
  return locationFailure(31138, `Illegal $meta sort: $meta: ${shellText(order.$meta)}`);
};

export const parseSort = (specification: unknown, compare: Compare | undefined = currentCollation()): SortField[] => {
  if (specification === undefined || specification === null) return [];
  if (!isDocument(specification)) throw failure('TypeMismatch', "Expected field 'sort' to be of type object");
  return fieldEntries(specification).map(([path, direction]) => {
    if (isDocument(direction)) throw noMeta(direction);
    if (!isNumber(direction))
      throw locationFailure(15974, `Illegal key in $sort specification: ${path}: ${shellText(direction)}`);
    if (path !== '$natural') checkFieldPath(path);
    const number = toNumber(direction);
    if (number !== 1 && number !== -1) {
      throw locationFailure(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    return { path, descending: number === -1, ...(compare && { compare }) };
  });
};

/** The keys of a document, one after the other; of an array, those of the element that comes first. */
const keyOf =
  (sort: readonly SortField[]) =>
  (fields: Fields): string => {
    const simple = sort.map(({ path }) => (path.includes('.') ? undefined : fields.get(path)));
    const isFlat = sort.every(({ path }, at) => !path.includes('.') && !Array.isArray(simple[at]));
    const combinations = isFlat ? [simple] : combinationsOf(sort, fields);
    const keys = combinations.map((values) =>
      values.map((value, at) => componentKey(value, sort[at]!.descending)).join(''),
    );
    return keys.reduce((best, key) => (key < best ? key : best));
  };

/** As an index over the same fields would have them, which no index may for two arrays at once. */
const combinationsOf = (sort: readonly SortField[], fields: Fields): unknown[][] => {
  try {
    return indexedValues(sort, fields);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw failure('BadValue', 'cannot sort with keys that are parallel arrays');
  }
};

/** As by their keys: of an array, the element that comes first counts. */
const collated = <Item>(
  items: readonly Item[],
  sort: readonly SortField[],
  fieldsOf: (item: Item) => Fields,
): Item[] => {
  const order = (left: readonly unknown[], right: readonly unknown[]): number => {
    for (const [at, { descending, compare }] of sort.entries()) {
      const own = compare!(left[at], right[at]);
      if (own !== 0) return descending ? -own : own;
    }
    return 0;
  };
  const valued = items.map((item) => {
    const combinations = combinationsOf(sort, fieldsOf(item)).map((values) => values.map(comparable));
    return { item, values: combinations.reduce((best, values) => (order(values, best) < 0 ? values : best)) };
  });
  return valued.sort((left, right) => order(left.values, right.values)).map(({ item }) => item);
};

/** Stable: items that compare equal stay as they came. */
export const sortBy = <Item>(
  items: readonly Item[],
  sort: readonly SortField[],
  fieldsOf: (item: Item) => Fields,
): Item[] => {
  if (sort[0]?.compare) return collated(items, sort, fieldsOf);
  const key = keyOf(sort);
  const keyed = items.map((item) => ({ item, key: key(fieldsOf(item)) }));
  keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  return keyed.map(({ item }) => item);
};
