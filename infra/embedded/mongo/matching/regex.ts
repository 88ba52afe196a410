import { failure, locationFailure } from '../errors.ts';
import { orderKey } from '../bson/order.ts';
import type { LeafTest } from './paths.ts';
import { compilePcre } from './pcre.ts';
import { isRegex } from './shapes.ts';

/** Takes a regular expression, or a pattern with its `$options`; matches text, and the very same regex as a value. */
export const regexTest = (operand: unknown, options?: unknown): LeafTest => {
  if (typeof operand !== 'string' && !isRegex(operand)) throw failure('BadValue', '$regex has to be a string');
  if (typeof operand !== 'string' && operand.options !== '' && options !== undefined)
    throw locationFailure(51075, 'options set in both $regex and $options');
  const pattern = typeof operand === 'string' ? operand : operand.pattern;
  const flags = typeof options === 'string' ? options : typeof operand === 'string' ? '' : operand.options;
  const expression = compilePcre(pattern, flags);
  const own = isRegex(operand) ? orderKey(operand) : null;
  return (value) => (typeof value === 'string' ? expression.test(value) : isRegex(value) && orderKey(value) === own);
};
