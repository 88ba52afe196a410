import { DecodedFields, type Document, getOwn, isDocument } from '../bson/decode.ts';
import { collatedKey } from '../matching/collation-scope.ts';
import { checkFieldPath } from '../matching/field-path.ts';
import { somePathValue } from '../matching/paths.ts';
import { alongPath } from './paths.ts';

/** The values by which a document is joined to others. */
export type JoinKeys = (document: Document) => Set<string>;

const index = /^(0|[1-9]\d*)$/;

/** What a path leads to, undefined where it leads to nothing: never through an array in an array. */
function* leaves(value: unknown, path: readonly string[]): Generator<unknown> {
  const [name, ...rest] = path;
  if (name === undefined) yield value;
  else if (isDocument(value)) yield* leaves(getOwn(value, name), rest);
  else if (Array.isArray(value) && value.length > 0) {
    for (const element of value) yield* isDocument(element) ? leaves(element, path) : [undefined];
    if (index.test(name) && Number(name) < value.length) yield* leaves(value[Number(name)], rest);
  } else yield undefined;
}

const keysOf = (values: Iterable<unknown>): Set<string> => {
  const keys = new Set<string>();
  for (const value of values) keys.add(collatedKey(value ?? null));
  return keys;
};

const keysBy =
  (path: string, valuesOf: (found: unknown[]) => unknown[]): JoinKeys =>
  (document) =>
    keysOf(valuesOf([...leaves(document, path.split('.'))]));

/** What others are found by: every value, the elements of an array and the array; null for each that is not there. */
export const foreignKeys = (path: string): JoinKeys => {
  checkFieldPath(path);
  return keysBy(path, (found) =>
    found.flatMap((leaf) => (Array.isArray(leaf) ? [leaf, ...(leaf as unknown[])] : [leaf])),
  );
};

/** What a document asks for: the elements of an array and not the array; null where there is nothing at all. */
export const localKeys = (path: string): JoinKeys => {
  checkFieldPath(path);
  return keysBy(path, (found) => {
    const values = found.filter((leaf) => leaf !== undefined).flat(1);
    return values.length > 0 ? values : [null];
  });
};

/** The same beside a pipeline, where an array without elements asks for nothing. */
export const localKeysBesidePipeline = (path: string): JoinKeys => {
  checkFieldPath(path);
  return (document) => {
    const value = alongPath(document, path.split('.'), 0);
    return keysOf(Array.isArray(value) ? value : [value]);
  };
};

/** The values by which a graph goes on: those a filter would find, and null for what is not there. */
export const graphKeys = (path: string): JoinKeys => {
  checkFieldPath(path);
  const visit = somePathValue(path);
  return (document) => {
    const values: unknown[] = [];
    visit(new DecodedFields(document), (leaf) => {
      values.push(...(Array.isArray(leaf) ? (leaf as unknown[]) : []), leaf);
      return false;
    });
    return keysOf(values);
  };
};
