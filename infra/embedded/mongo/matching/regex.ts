import { type BSONRegExp, BSONSymbol } from 'bson';
import { failure, locationFailure } from '../errors.ts';
import { orderKey } from '../bson/order.ts';
import type { LeafTest } from './paths.ts';
import { compilePcre } from './pcre.ts';
import { isRegex } from './shapes.ts';

const flagsOf = (operand: string | BSONRegExp, options: unknown): string => {
  if (options === undefined) return typeof operand === 'string' ? '' : operand.options;
  if (typeof options === 'string') return options;
  throw failure('BadValue', '$options has to be a string');
};

/** Takes a regular expression, or a pattern with its `$options`; matches text, and the very same regex as a value. */
export const regexTest = (operand: unknown, options?: unknown): LeafTest => {
  if (typeof operand !== 'string' && !isRegex(operand)) throw failure('BadValue', '$regex has to be a string');
  if (typeof operand !== 'string' && operand.options !== '' && options !== undefined)
    throw locationFailure(51075, 'options set in both $regex and $options');
  const pattern = typeof operand === 'string' ? operand : operand.pattern;
  const flags = flagsOf(operand, options);
  checkNull(pattern, 'Regular expression');
  checkNull(flags, 'Regular expression options string');
  const expression = compilePcre(pattern, flags);
  const own = isRegex(operand) ? orderKey(operand) : null;
  return (value) => {
    if (typeof value === 'string') return expression.test(value);
    if (value instanceof BSONSymbol) return expression.test(value.value);
    return isRegex(value) && orderKey(value) === own;
  };
};

const checkNull = (text: string, what: string): void => {
  if (text.includes('\0')) throw failure('BadValue', `${what} cannot contain an embedded null byte`);
};
