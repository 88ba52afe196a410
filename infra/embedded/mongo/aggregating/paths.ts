import { getOwn, isDocument } from '../bson/decode.ts';

/** What a path leads to: through every document of an array, and never through an array in an array. */
export const alongPath = (value: unknown, path: readonly string[], from: number): unknown => {
  const name = path[from];
  if (name === undefined) return value;
  if (isDocument(value)) return alongPath(getOwn(value, name), path, from + 1);
  if (!Array.isArray(value)) return undefined;
  return value
    .filter(isDocument)
    .map((element) => alongPath(element, path, from))
    .filter((found) => found !== undefined);
};
