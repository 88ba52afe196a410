import type { Fields } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { somePathValue } from '../matching/paths.ts';

/** Each value once, arrays by their elements, in the order of values. */
export const distinctValues = (documents: Iterable<Fields>, path: string): unknown[] => {
  const visit = somePathValue(path);
  const values = new Map<string, unknown>();
  const add = (value: unknown): false => {
    if (value !== undefined && !values.has(orderKey(value))) values.set(orderKey(value), value);
    return false;
  };
  for (const document of documents) {
    visit(document, (leaf) => {
      if (Array.isArray(leaf)) leaf.forEach(add);
      else add(leaf);
      return false;
    });
  }
  return [...values].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
};
