import type { Fields } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import type { Compare } from '../matching/collation.ts';
import { somePathValue } from '../matching/paths.ts';

/** Each value once, arrays by their elements: in the order of the documents, those of one document in their own. */
export const distinctValues = (documents: Iterable<Fields>, path: string, compare?: Compare): unknown[] => {
  const values = byBytes(documents, path);
  if (!compare) return values;
  // Of what a collation holds for equal, the first stands for all.
  const kept: unknown[] = [];
  for (const value of values) if (!kept.some((other) => compare(other, value) === 0)) kept.push(value);
  return kept;
};

const byBytes = (documents: Iterable<Fields>, path: string): unknown[] => {
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
