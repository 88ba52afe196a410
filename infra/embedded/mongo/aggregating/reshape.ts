import { Long } from 'bson';
import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';
import { type Evaluate, plainExpression } from './compile.ts';
import type { Variables } from './operator.ts';

/** Sets below a path without touching what others may share; goes through arrays, drops the field for undefined. */
const withValue = (value: unknown, path: readonly string[], next: unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return next;
  if (Array.isArray(value)) return value.map((element) => withValue(element, path, next));
  const document: Document = isDocument(value) ? { ...value } : {};
  const below = withValue(document[name], rest, next);
  if (below === undefined) delete document[name];
  else setOwn(document, name, below);
  return document;
};

/** Sets what is at a dotted path in a copy of the document. */
export const fieldSetter = (path: string): ((document: Document, value: unknown) => Document) => {
  const names = path.split('.');
  return (document, value) => withValue(document, names, value) as Document;
};

interface Field {
  readonly path: readonly string[];
  readonly evaluate: Evaluate;
}

/** `{ a: { b: … } }` sets a.b and leaves the rest of a. */
const fieldsOf = (specification: Document, variables: Variables, above: readonly string[] = []): Field[] =>
  Object.entries(specification).flatMap(([name, value]) => {
    const path = [...above, ...name.split('.')];
    const isNested = isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]!.startsWith('$');
    return isNested ? fieldsOf(value, variables, path) : [{ path, evaluate: plainExpression(value, variables) }];
  });

export const addFields = (specification: unknown, variables: Variables): ((document: Document) => Document) => {
  if (!isDocument(specification)) throw locationFailure(40272, '$addFields specification stage must be an object');
  const fields = fieldsOf(specification, variables);
  return (document) =>
    fields.reduce((result, { path, evaluate }) => withValue(result, path, evaluate(document)) as Document, document);
};

const pathOf = (specification: unknown): string => {
  const path = isDocument(specification) ? specification.path : specification;
  if (typeof path === 'string' && path.startsWith('$')) return path.slice(1);
  throw locationFailure(28818, "path option to $unwind stage should be prefixed with a '$'");
};

const valueAt = (document: Document, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isDocument(value) ? value[name] : undefined), document);

/** One document per element; what is no array counts as its only element. */
export const unwind = (specification: unknown): ((document: Document) => Document[]) => {
  const path = pathOf(specification).split('.');
  const options = isDocument(specification) ? specification : {};
  const indexField = options.includeArrayIndex as string | undefined;
  const numbered = (document: Document, index: number | null): Document =>
    indexField === undefined
      ? document
      : (withValue(document, indexField.split('.'), index === null ? null : Long.fromNumber(index)) as Document);
  return (document) => {
    const value = valueAt(document, path);
    if (Array.isArray(value) && value.length > 0) {
      return value.map((element, index) => numbered(withValue(document, path, element) as Document, index));
    }
    const isEmpty = value === undefined || value === null || Array.isArray(value);
    if (!isEmpty) return [numbered(document, null)];
    if (!options.preserveNullAndEmptyArrays) return [];
    return [numbered(Array.isArray(value) ? (withValue(document, path, undefined) as Document) : document, null)];
  };
};
