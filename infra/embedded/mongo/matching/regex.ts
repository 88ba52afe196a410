import { failure } from '../errors.ts';
import { orderKey } from '../bson/order.ts';
import type { LeafTest } from './paths.ts';
import { isRegex } from './shapes.ts';

const flagsOf = (options: string): string => {
  let flags = 'u';
  for (const option of options) {
    if ('ims'.includes(option)) flags += option;
    else if (option !== 'u') throw failure('BadValue', `invalid flag in regex options: ${option}`);
  }
  return flags;
};

const compile = (pattern: string, options: string): RegExp => {
  try {
    return new RegExp(pattern, flagsOf(options));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  try {
    // PCRE allows needless escapes that the unicode mode forbids.
    return new RegExp(pattern, flagsOf(options).replace('u', ''));
  } catch (cause) {
    throw failure('BadValue', `Regular expression is invalid: ${(cause as Error).message}`);
  }
};

/** Takes a regular expression, or a pattern with its `$options`; matches text, and the very same regex as a value. */
export const regexTest = (operand: unknown, options?: unknown): LeafTest => {
  if (typeof operand !== 'string' && !isRegex(operand)) throw failure('BadValue', '$regex has to be a string');
  const pattern = typeof operand === 'string' ? operand : operand.pattern;
  const flags = typeof options === 'string' ? options : typeof operand === 'string' ? '' : operand.options;
  const expression = compile(pattern, flags);
  const own = isRegex(operand) ? orderKey(operand) : null;
  return (value) => (typeof value === 'string' ? expression.test(value) : isRegex(value) && orderKey(value) === own);
};
