import { DecodedFields, type Document, getOwn, isDocument, setOwn } from '../bson/decode.ts';
import { copyFields } from '../bson/field-order.ts';
import { locationFailure } from '../errors.ts';
import { compileFilter } from '../matching/filter.ts';
import { isNumber, toWhole } from '../numbers.ts';
import { matchedElement } from '../matching/matched-element.ts';
import type { Compute } from './projection-tree.ts';

/** Changes what a projection left of a document. */
export type Change = (document: Document, projected: Document) => Document;

type Slice = (values: readonly unknown[]) => unknown[];

const readSlice = (operand: unknown): Slice | null => {
  if (isNumber(operand)) {
    const count = toWhole(operand);
    return (values) => (count < 0 ? values.slice(count) : values.slice(0, count));
  }
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumber)) return null;
  const [skip, limit] = operand.map(toWhole) as [number, number];
  if (limit <= 0) return null;
  return (values) => {
    const start = skip < 0 ? Math.max(values.length + skip, 0) : skip;
    return values.slice(start, start + limit);
  };
};

const withField = (document: Document, name: string, change: (value: unknown) => unknown): Document => {
  if (!Object.hasOwn(document, name)) return document;
  const copy = copyFields(document);
  setOwn(copy, name, change(document[name]));
  return copy;
};

const slicedIn = (document: Document, path: readonly string[], slice: Slice): Document => {
  const [name = '', ...rest] = path;
  return withField(document, name, (value) => {
    if (rest.length === 0) return Array.isArray(value) ? slice(value) : value;
    if (isDocument(value)) return slicedIn(value, rest, slice);
    // Through the documents of an array, and never through an array in an array.
    if (!Array.isArray(value)) return value;
    return value.map((element) => (isDocument(element) ? slicedIn(element, rest, slice) : (element as unknown)));
  });
};

/** `{ list: { $slice: … } }` as a find has it; null when the operand is that of the expression of the same name. */
export const sliceProjection = (path: string, operand: unknown): Change | null => {
  const slice = readSlice(operand);
  return slice && ((_document, projected) => slicedIn(projected, path.split('.'), slice));
};

/** The first element that matches, in an array of its own. */
export const elementProjection = (field: string, $elemMatch: Document): Compute => {
  const predicate = compileFilter({ [field]: { $elemMatch } });
  return (document) => {
    const value = getOwn(document, field);
    if (!Array.isArray(value)) return undefined;
    const found = value.findIndex((element) => predicate(new DecodedFields({ [field]: [element] })));
    return found < 0 ? undefined : [value[found]];
  };
};

const notFound = (): Error =>
  locationFailure(
    51246,
    "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
  );

const outside = (): Error =>
  locationFailure(
    51247,
    "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
  );

/** Of the first array on the path, the element at the place by which the filter matched, in whichever array. */
export const positionalProjection = (path: string, filter: Document): Change => {
  const names = path.split('.');
  return (document, projected) => {
    const onlyMatched = (array: readonly unknown[]): unknown[] => {
      const found = matchedElement(document, filter);
      if (found === null) throw notFound();
      if (found >= array.length) throw outside();
      return [array[found]];
    };
    const within = (inner: Document, depth: number): Document =>
      withField(inner, names[depth]!, (value) => {
        if (Array.isArray(value)) return onlyMatched(value);
        return isDocument(value) && depth + 1 < names.length ? within(value, depth + 1) : value;
      });
    return within(projected, 0);
  };
};
