import { Long } from 'bson';
import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { copyFields, fieldEntries } from '../bson/field-order.ts';
import { locationFailure } from '../errors.ts';
import { checkFieldPath, valueAt } from '../matching/field-path.ts';
import { typeName } from '../matching/types.ts';
import { type Evaluate, plainExpression } from './compile.ts';
import { checkKnown, type Variables } from './operator.ts';

/** Sets below a path without touching what others may share; goes through arrays, drops the field for undefined. */
const withValue = (value: unknown, path: readonly string[], next: unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return next;
  if (Array.isArray(value)) return value.map((element) => withValue(element, path, next));
  const document: Document = isDocument(value) ? copyFields(value) : {};
  const below = withValue(document[name], rest, next);
  if (below === undefined) delete document[name];
  else setOwn(document, name, below);
  return document;
};

/** Sets what is at a dotted path in a copy of the document. */
export const fieldSetter = (path: string): ((document: Document, value: unknown) => Document) => {
  checkFieldPath(path);
  const names = path.split('.');
  return (document, value) => withValue(document, names, value) as Document;
};

interface Field {
  readonly path: readonly string[];
  readonly evaluate: Evaluate;
}

/** `{ a: { b: … } }` sets a.b and leaves the rest of a. */
const fieldsOf = (specification: Document, variables: Variables, above: readonly string[] = []): Field[] =>
  fieldEntries(specification).flatMap(([name, value]) => {
    const path = [...above, ...name.split('.')];
    const isNested = isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]!.startsWith('$');
    return isNested ? fieldsOf(value, variables, path) : [{ path, evaluate: plainExpression(value, variables) }];
  });

/** No field may be said twice, neither by itself nor within another. */
export const checkDistinctPaths = (paths: readonly string[], code = 40176): void => {
  const known = new Set<string>();
  for (const path of paths.toSorted((left, right) => left.length - right.length)) {
    const names = path.split('.');
    const above = names.map((_name, at) => names.slice(0, at + 1).join('.')).find((prefix) => known.has(prefix));
    if (above !== undefined)
      throw locationFailure(
        code,
        `specification contains two conflicting paths. Cannot specify both '${path}' and '${above}'`,
      );
    known.add(path);
  }
};

export const addFields = (specification: unknown, variables: Variables): ((document: Document) => Document) => {
  if (!isDocument(specification)) throw locationFailure(40272, '$addFields specification stage must be an object');
  const fields = fieldsOf(specification, variables);
  if (fields.length === 0) throw locationFailure(40177, 'specification must have at least one field');
  const paths = fields.map(({ path }) => path.join('.'));
  for (const path of paths) checkFieldPath(path);
  checkDistinctPaths(paths);
  return (document) =>
    fields.reduce((result, { path, evaluate }) => withValue(result, path, evaluate(document)) as Document, document);
};

const pathOf = (path: unknown): string => {
  if (path === undefined || path === '') throw locationFailure(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string')
    throw locationFailure(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  if (path.startsWith('$') && path.length > 1) return path.slice(1);
  throw locationFailure(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
};

interface Unwinding {
  readonly path: readonly string[];
  readonly index: readonly string[] | null;
  readonly keepsEmpty: boolean;
}

const indexOf = (name: unknown): string[] | null => {
  if (name === undefined) return null;
  if (typeof name !== 'string' || name === '')
    throw locationFailure(28810, 'expected a non-empty string for the includeArrayIndex  option to $unwind stage');
  if (!name.startsWith('$')) return name.split('.');
  throw locationFailure(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${name}`);
};

const readUnwinding = (specification: unknown): Unwinding => {
  if (!isDocument(specification)) {
    if (typeof specification === 'string')
      return { path: pathOf(specification).split('.'), index: null, keepsEmpty: false };
    throw locationFailure(15981, 'the $unwind stage specification must be string or object');
  }
  checkKnown(specification, ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'], (name) =>
    locationFailure(28811, `unrecognized option to $unwind stage: ${name}`),
  );
  const { path, includeArrayIndex, preserveNullAndEmptyArrays = false } = specification;
  if (typeof preserveNullAndEmptyArrays !== 'boolean')
    throw locationFailure(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(preserveNullAndEmptyArrays)}`,
    );
  return { path: pathOf(path).split('.'), index: indexOf(includeArrayIndex), keepsEmpty: preserveNullAndEmptyArrays };
};

/** One document per element; what is no array counts as its only element. */
export const unwind = (specification: unknown): ((document: Document) => Document[]) => {
  const { path, index: indexPath, keepsEmpty } = readUnwinding(specification);
  const numbered = (document: Document, index: number | null): Document =>
    indexPath ? (withValue(document, indexPath, index === null ? null : Long.fromNumber(index)) as Document) : document;
  return (document) => {
    const value = valueAt(document, path);
    if (Array.isArray(value) && value.length > 0) {
      return value.map((element, index) => numbered(withValue(document, path, element) as Document, index));
    }
    const isEmpty = value === undefined || value === null || Array.isArray(value);
    if (!isEmpty) return [numbered(document, null)];
    if (!keepsEmpty) return [];
    return [numbered(Array.isArray(value) ? (withValue(document, path, undefined) as Document) : document, null)];
  };
};
