import { decodeValue, type Fields, isDocument, RawFields } from '../bson/decode.ts';
import { BsonType, findElement } from '../bson/elements.ts';
import { descendingKey, orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import type { IndexDefinition, IndexField } from './index-definition.ts';

/** A path on its way down a document: what it has come to, and what is still before it. */
interface Descent {
  readonly value: unknown;
  readonly path: readonly string[];
  /** Set when the value already is an element of an indexed array; an array in it is then a plain value. */
  readonly isElement: boolean;
}

const descend = ({ value, path, isElement }: Descent): Descent => {
  let current = value;
  let at = 0;
  while (at < path.length && isDocument(current)) {
    const name = path[at++]!;
    current = Object.hasOwn(current, name) ? current[name] : undefined;
  }
  if (Array.isArray(current)) return throughIndex({ value: current, path: path.slice(at), isElement });
  return { value: at < path.length ? undefined : current, path: [], isElement };
};

const throughIndex = (descent: Descent): Descent => {
  const [name] = descent.path;
  if (name === undefined || !/^\d+$/.test(name)) return descent;
  const element = (descent.value as unknown[])[Number(name)];
  return element === undefined ? descent : descend({ ...descent, value: element, path: descent.path.slice(1) });
};

const isOpenArray = ({ value, path, isElement }: Descent): boolean =>
  Array.isArray(value) && (path.length > 0 || !isElement);

/** Stands for the element that an empty array has not: it comes before null. */
const emptyArray = Symbol('empty array');

const expand = (descents: readonly Descent[]): unknown[][] => {
  const reached = descents.map(descend);
  const arrays = new Set(reached.filter(isOpenArray).map(({ value }) => value as unknown[]));
  if (arrays.size === 0) return [reached.map(({ value }) => value)];
  if (arrays.size > 1) throw failure('CannotIndexParallelArrays', 'cannot index parallel arrays');
  const [array] = arrays;
  const elements = array!.length === 0 ? [emptyArray] : array!;
  return elements.flatMap((element) =>
    expand(
      reached.map((descent) =>
        isOpenArray(descent) ? { value: element, path: descent.path, isElement: descent.path.length === 0 } : descent,
      ),
    ),
  );
};

/** The values under which a document is indexed: one list per combination that its arrays give. */
export const indexedValues = (fields: readonly IndexField[], document: Fields): unknown[][] => {
  const decoded = new Map<string, unknown>();
  const root = (name: string): unknown => {
    if (!decoded.has(name)) decoded.set(name, document.get(name));
    return decoded.get(name);
  };
  return expand(
    fields.map(({ path }) => {
      const [first, ...rest] = path.split('.');
      return { value: root(first!), path: rest, isElement: false };
    }),
  );
};

/** A missing field counts as null, an empty array as what comes before null. */
export const comparable = (value: unknown): unknown => (value === emptyArray ? undefined : (value ?? null));

export const componentKey = (value: unknown, descending: boolean, keyOf = orderKey): string => {
  const key = keyOf(comparable(value));
  return descending ? descendingKey(key) : key;
};

export interface ExtractedKeys {
  readonly keys: readonly string[];
  readonly isMultikey: boolean;
}

export interface KeyExtractor {
  (bytes: Buffer): ExtractedKeys;
}

const throughArray = Symbol('through an array');

/** What a path comes to, of which nothing else is decoded; `throughArray` where it may come to several values. */
const valueAt = (bytes: Buffer, path: readonly string[]): unknown => {
  let start = 0;
  for (const [depth, name] of path.entries()) {
    const found = findElement(bytes, name, start);
    if (found?.type === BsonType.array) return throughArray;
    if (depth === path.length - 1) return found && decodeValue(found);
    if (found?.type !== BsonType.object) return undefined;
    start = found.at;
  }
  return undefined;
};

const refuseArrays = (bytes: Buffer, paths: readonly (readonly string[])[]): never => {
  const beginnings = paths.flatMap((path) => path.map((_, at) => path.slice(0, at + 1)));
  const found = beginnings.find((path) => valueAt(bytes, path) === throughArray)!.join('.');
  throw locationFailure(
    16766,
    `Error: hashed indexes do not currently support array values. Found array at path: ${found}`,
  );
};

/** Extracts no key at all for a document that a sparse index leaves out. */
export const keyExtractor = ({ fields, sparse, collation }: IndexDefinition): KeyExtractor => {
  const paths = fields.map(({ path }) => path.split('.'));
  const keyOf = (values: readonly unknown[]): string =>
    values.map((value, at) => componentKey(value, fields[at]!.descending, collation?.keyOf)).join('');
  const isIndexed = (values: readonly unknown[]): boolean => !sparse || values.some((value) => value !== undefined);
  const isHashed = fields.some((field) => field.isHashed);
  return (bytes) => {
    const values = paths.map((path) => valueAt(bytes, path));
    if (!values.includes(throughArray)) return { keys: isIndexed(values) ? [keyOf(values)] : [], isMultikey: false };
    if (isHashed) refuseArrays(bytes, paths);
    const document = new RawFields(bytes);
    const combinations = indexedValues(fields, document);
    return {
      keys: [...new Set(combinations.filter(isIndexed).map(keyOf))],
      isMultikey: combinations.length > 1 || hasArray(fields, document),
    };
  };
};

const hasArray = (fields: readonly IndexField[], document: Fields): boolean =>
  fields.some(({ path }) => containsArray(document.get(path.split('.')[0]!), path.split('.').slice(1)));

const containsArray = (value: unknown, path: readonly string[]): boolean => {
  if (Array.isArray(value)) return true;
  const [name, ...rest] = path;
  return name !== undefined && isDocument(value) && containsArray(value[name], rest);
};
