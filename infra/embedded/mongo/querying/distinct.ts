import type { Fields } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { somePathValue } from '../matching/paths.ts';

/** Each value once, arrays by their elements: in the order of the documents, those of one document in their own. */
export const distinctValues = (documents: Iterable<Fields>, path: string): unknown[] => {
  const visit = somePathValue(path);
  const values = new Map<string, unknown>();
  for (const document of documents) {
    const own = new Map<string, unknown>();
    const add = (value: unknown): void => {
      const key = orderKey(value);
      if (value !== undefined && !values.has(key)) own.set(key, value);
    };
    visit(document, (leaf) => {
      if (Array.isArray(leaf)) leaf.forEach(add);
      else add(leaf);
      return false;
    });
    for (const [key, value] of [...own].sort(byKey)) values.set(key, value);
  }
  return [...values.values()];
};

const byKey = ([left]: [string, unknown], [right]: [string, unknown]): number => (left < right ? -1 : 1);
