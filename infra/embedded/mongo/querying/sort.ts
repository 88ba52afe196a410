import { type Fields, isDocument } from '../bson/decode.ts';
import { descendingKey, orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';

export interface SortField {
  readonly path: string;
  readonly descending: boolean;
}

export const parseSort = (specification: unknown): SortField[] => {
  if (specification === undefined || specification === null) return [];
  if (!isDocument(specification)) throw failure('TypeMismatch', "Expected field 'sort' to be of type object");
  return Object.entries(specification).map(([path, direction]) => {
    if (isDocument(direction)) throw failure('BadValue', '$meta sorts are not supported by this server');
    const number = isNumber(direction) ? toNumber(direction) : 0;
    if (number !== 1 && number !== -1) {
      throw locationFailure(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    return { path, descending: number === -1 };
  });
};

/** All values a path leads to; an array at its end counts by its elements, an empty one as less than null. */
const sortKeys = (value: unknown, path: readonly string[]): string[] => {
  const [name, ...rest] = path;
  if (Array.isArray(value)) return arraySortKeys(value, path);
  if (name === undefined) return [orderKey(value ?? null)];
  return sortKeys(isDocument(value) && Object.hasOwn(value, name) ? value[name] : null, rest);
};

const arraySortKeys = (values: unknown[], path: readonly string[]): string[] => {
  const [name, ...rest] = path;
  if (name === undefined) return values.length === 0 ? [orderKey(undefined)] : values.map(orderKey);
  if (/^\d+$/.test(name) && Number(name) < values.length) return sortKeys(values[Number(name)], rest);
  const keys = values.flatMap((element) => (isDocument(element) ? sortKeys(element, path) : [orderKey(null)]));
  return keys.length === 0 ? [orderKey(null)] : keys;
};

/** Ascending an array sorts by its least element, descending by its greatest. */
const keyOf = ({ path, descending }: SortField): ((fields: Fields) => string) => {
  const [first, ...rest] = path.split('.');
  return (fields) => {
    const value = fields.get(first!);
    if (rest.length === 0 && !Array.isArray(value)) {
      const key = orderKey(value ?? null);
      return descending ? descendingKey(key) : key;
    }
    const keys = sortKeys(value ?? null, rest);
    const extreme = keys.reduce((best, key) => ((descending ? key > best : key < best) ? key : best));
    return descending ? descendingKey(extreme) : extreme;
  };
};

/** Stable: items that compare equal stay as they came. */
export const sortBy = <Item>(
  items: readonly Item[],
  sort: readonly SortField[],
  fieldsOf: (item: Item) => Fields,
): Item[] => {
  const keys = sort.map(keyOf);
  const keyed = items.map((item) => {
    const fields = fieldsOf(item);
    return { item, key: keys.map((key) => key(fields)).join('') };
  });
  keyed.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  return keyed.map(({ item }) => item);
};
