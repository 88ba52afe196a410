import { failure } from '../../errors.ts';
import type { Operator } from '../operator.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { arrayOperators } from './arrays.ts';
import { calendarOperators } from './calendar.ts';
import { comparisonOperators } from './comparison.ts';
import { conversionOperators } from './conversions.ts';
import { dateTextOperators } from './date-text.ts';
import { dateOperators } from './dates.ts';
import { functionOperators } from './functions.ts';
import { gatheringOperators } from './gathering.ts';
import { objectOperators } from './objects.ts';
import { patternOperators } from './patterns.ts';
import { scopeOperators } from './scopes.ts';
import { setOperators } from './sets.ts';
import { textOperators } from './text.ts';

const lacking: Operator = (_operand, _compile, name) => {
  throw failure('NotImplemented', `${name} is not supported by this server`);
};

/** Every operator of expressions; JavaScript is not run here. */
export const operators: Readonly<Record<string, Operator>> = {
  ...arithmeticOperators,
  ...arrayOperators,
  ...calendarOperators,
  ...comparisonOperators,
  ...conversionOperators,
  ...dateOperators,
  ...dateTextOperators,
  ...functionOperators,
  ...gatheringOperators,
  ...objectOperators,
  ...patternOperators,
  ...scopeOperators,
  ...setOperators,
  ...textOperators,
  $function: lacking,
  $meta: lacking,
  $toHashedIndexKey: lacking,
};
