import { DecodedFields, type Document, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { compileFilter, compileValueFilter } from '../matching/filter.ts';
import { isOperatorDocument } from '../matching/shapes.ts';

const valueAt = (document: Document, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Document | undefined)?.[name], document);

/** What one clause of the filter asks of the elements of the array at `path`; null when it asks nothing of them. */
const elementTest = (name: string, clause: unknown, path: string): ((element: unknown) => boolean) | null => {
  if (name === path) {
    const condition = isOperatorDocument(clause) ? clause : { $eq: clause };
    const { $elemMatch } = condition;
    if (isDocument($elemMatch) && !isOperatorDocument($elemMatch)) return documentTest($elemMatch);
    return compileValueFilter(isDocument($elemMatch) ? $elemMatch : condition);
  }
  return name.startsWith(`${path}.`) ? documentTest({ [name.slice(path.length + 1)]: clause }) : null;
};

const documentTest = (filter: Document): ((element: unknown) => boolean) => {
  const predicate = compileFilter(filter);
  return (element) => isDocument(element) && predicate(new DecodedFields(element));
};

function* clauses(filter: Document): Generator<[string, unknown]> {
  for (const [name, clause] of Object.entries(filter)) {
    if (['$and', '$or'].includes(name) && Array.isArray(clause))
      for (const part of clause) yield* clauses(part as Document);
    else yield [name, clause];
  }
}

/** The index of the element by which the filter matched the array; null when it matched otherwise. */
export const findMatchedElement = (document: Document, filter: Document, path: string): number | null => {
  const array = valueAt(document, path);
  for (const [name, clause] of clauses(filter)) {
    const test = elementTest(name, clause, path);
    const found = test && Array.isArray(array) ? array.findIndex(test) : -1;
    if (found >= 0) return found;
  }
  return null;
};

/** Replaces the `$` of a path by the element that the filter found. */
export const resolvePositional = (path: string, document: Document, filter: Document): string[] => {
  const names = path.split('.');
  const at = names.indexOf('$');
  if (at < 0) return names;
  const found = findMatchedElement(document, filter, names.slice(0, at).join('.'));
  if (found !== null) return names.with(at, String(found));
  throw failure('BadValue', 'The positional operator did not find the match needed from the query.');
};
