import { getOwn, isDocument } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';

/** Refuses what cannot be the dotted path of a field in a sort, a projection or a stage. */
export const checkFieldPath = (path: string): void => {
  if (path === '') throw locationFailure(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw locationFailure(40353, "FieldPath must not end with a '.'.");
  const names = path.split('.');
  if (names.includes('')) throw locationFailure(15998, 'FieldPath field names may not be empty strings.');
  if (names.some((name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name))) {
    throw locationFailure(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  }
};

/** What stands at a path through documents only. */
export const valueAt = (document: unknown, path: readonly string[]): unknown =>
  path.reduce((value, name) => (isDocument(value) ? getOwn(value, name) : undefined), document);
