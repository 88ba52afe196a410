import { Decimal128, Long } from 'bson';
import { failure } from '../errors.ts';

export const isBeyondDoubles = (value: unknown): boolean => value instanceof Decimal128 || value instanceof Long;

/** No double holds these, so that the sum, product … would be wrong. */
export const refuseBeyondDoubles = (values: readonly unknown[], name: string): void => {
  if (values.some(isBeyondDoubles)) {
    throw failure(
      'NotImplemented',
      `${name} on a Decimal128, or on a Long beyond 2^53, is not supported by this server`,
    );
  }
};
