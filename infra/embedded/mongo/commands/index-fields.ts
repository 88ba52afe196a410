import type { Document } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, isTruthy, toNumber } from '../numbers.ts';
import type { IndexField } from '../storage/index-definition.ts';
import { shellText } from '../storage/shell-text.ts';

const readField = ([path, direction]: [string, unknown]): IndexField => {
  const isHashed = direction === 'hashed';
  if (typeof direction === 'string' && !isHashed) {
    throw failure(
      'CannotCreateIndex',
      `Unknown index plugin '${direction}'; only ordered and hashed indexes are supported by this server`,
    );
  }
  const number = isNumber(direction) ? toNumber(direction) : 0;
  if (!isHashed && (number === 0 || Number.isNaN(number))) {
    throw failure(
      'CannotCreateIndex',
      `Values in the index key pattern cannot be 0. Got: { ${path}: ${shellText(direction)} }`,
    );
  }
  if (path === '' || path.split('.').some((name) => name === '' || name.startsWith('$'))) {
    throw failure('CannotCreateIndex', `Index keys cannot contain an empty field or one that starts with $: '${path}'`);
  }
  return { path, descending: number < 0, ...(isHashed && { isHashed }) };
};

const checkHashed = (key: Document, { unique, expireAfterSeconds }: Document, hashed: number): void => {
  if (hashed > 1) {
    const message = `A maximum of one index field is allowed to be hashed but found ${hashed} for 'key' ${shellText(key)}`;
    throw locationFailure(31303, message);
  }
  if (isTruthy(unique))
    throw locationFailure(16764, 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.');
  if (expireAfterSeconds !== undefined)
    throw failure('NotImplemented', 'a hashed index that expires is not supported by this server');
};

export const readFields = (key: Document, specification: Document): IndexField[] => {
  const fields = fieldEntries(key).map(readField);
  const hashed = fields.filter(({ isHashed }) => isHashed).length;
  if (hashed > 0) checkHashed(key, specification, hashed);
  return fields;
};
