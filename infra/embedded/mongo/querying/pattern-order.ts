import { getOwn, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { collatedOrder } from '../matching/collation-scope.ts';
import { isNumber, toNumber } from '../numbers.ts';

/** How the elements of one array are put in order: by themselves, or by fields of theirs. */
export type Order = (left: unknown, right: unknown) => number;

/** What is said when a pattern is none; a caller knows by which number. */
export interface PatternFaults {
  readonly fields: (message: string) => Error;
  readonly direction: (message: string) => Error;
  readonly type: (message: string) => Error;
}

const directionOf = (value: unknown): number | undefined => {
  const direction = isNumber(value) ? toNumber(value) : 0;
  return direction === 1 || direction === -1 ? direction : undefined;
};

/** Not as of a stored document: nobody looks into an array here, other than by the place in it. */
const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce(
    (inner: unknown, name) => (isDocument(inner) || Array.isArray(inner) ? getOwn(inner as never, name) : undefined),
    value,
  ) ?? null;

const byFields = (pattern: Record<string, unknown>, refusal: (message: string) => Error): Order => {
  const fields = fieldEntries(pattern).map(([name, value]) => {
    const direction = directionOf(value);
    if (direction === undefined) throw refusal('The $sort element value must be either 1 or -1');
    const path = name.split('.');
    if (name === '') throw refusal('The $sort field cannot be empty');
    if (path.includes('')) throw refusal(`The $sort field is a dotted field but has an empty part: ${name}`);
    return { path, direction };
  });
  if (fields.length === 0) throw refusal('The $sort pattern is empty when it should be a set of fields.');
  return (left, right) => {
    for (const { path, direction } of fields) {
      const order = collatedOrder(valueAt(left, path), valueAt(right, path));
      if (order !== 0) return direction * order;
    }
    return 0;
  };
};

export const patternOrder = (pattern: unknown, faults: PatternFaults): Order => {
  if (isDocument(pattern)) return byFields(pattern, faults.fields);
  if (!isNumber(pattern))
    throw faults.type(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const direction = directionOf(pattern);
  if (direction === undefined) throw faults.direction('The $sort element value must be either 1 or -1');
  return (left, right) => direction * collatedOrder(left, right);
};
