import { type Document, RawFields } from '../bson/decode.ts';
import { type CommandFailure, failure } from '../errors.ts';
import { shellText } from './shell-text.ts';
import type { IndexDefinition } from './index-definition.ts';
import { indexedValues } from './index-keys.ts';

/** E11000, with the key that is taken in words and as data. */
export const duplicateKey = (namespace: string, index: IndexDefinition, bytes: Buffer): CommandFailure => {
  const [values = []] = indexedValues(index.fields, new RawFields(bytes));
  const keyPattern: Document = {};
  const keyValue: Document = {};
  index.fields.forEach(({ path, descending }, at) => {
    keyPattern[path] = descending ? -1 : 1;
    const value = values[at];
    keyValue[path] = typeof value === 'symbol' ? null : (value ?? null);
  });
  return failure(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: ${shellText(keyValue)}`,
    { keyPattern, keyValue },
  );
};
