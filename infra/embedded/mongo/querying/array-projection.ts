import { type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { compileFilter, compileValueFilter } from '../matching/filter.ts';
import { DecodedFields } from '../bson/decode.ts';
import { isOperatorDocument } from '../matching/shapes.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { findMatchedElement } from '../updating/positional.ts';
import { valueAt } from '../matching/field-path.ts';

const sliced = (values: unknown[], operand: unknown): unknown[] => {
  if (isNumber(operand)) {
    const count = toNumber(operand);
    return count < 0 ? values.slice(count) : values.slice(0, count);
  }
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumber)) {
    throw failure('BadValue', '$slice takes a number or an array of skip and limit');
  }
  const [skip, limit] = operand.map(toNumber) as [number, number];
  const start = skip < 0 ? Math.max(values.length + skip, 0) : skip;
  return values.slice(start, start + limit);
};

const elementTest = (condition: Document): ((element: unknown) => boolean) => {
  if (isOperatorDocument(condition)) return compileValueFilter(condition);
  const predicate = compileFilter(condition);
  return (element) => isDocument(element) && predicate(new DecodedFields(element));
};

/** The `$slice` of aggregation has three arguments or begins with a field; only the other one is meant here. */
export const isArrayProjection = (value: unknown): value is Document =>
  isDocument(value) &&
  ('$elemMatch' in value ||
    ('$slice' in value && (isNumber(value.$slice) || (Array.isArray(value.$slice) && value.$slice.every(isNumber)))));

/** Part of an array: a slice of it, the first element that matches, or the one by which the filter matched. */
export const arrayProjection = (path: string, operator: Document): ((document: Document) => unknown) => {
  const { $slice, $elemMatch, $positional } = operator;
  const test = isDocument($elemMatch) ? elementTest($elemMatch) : null;
  return (document) => {
    const value = valueAt(document, path.split('.'));
    if (!Array.isArray(value)) return test ? undefined : value;
    if (test) {
      const found = value.findIndex(test);
      return found < 0 ? undefined : [value[found]];
    }
    if (isDocument($positional)) {
      const found = findMatchedElement(document, $positional, path);
      if (found !== null) return [value[found]];
      throw locationFailure(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    return sliced(value, $slice);
  };
};
