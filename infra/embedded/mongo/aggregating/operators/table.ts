import { failure, locationFailure } from '../../errors.ts';
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
import { zip } from './zip.ts';

/** Of documents; the server keeps these of any, and the others of those that a search or a place found. */
const kept = new Set([
  'recordId',
  'indexKey',
  'sortKey',
  'randVal',
  'timeseriesBucketMinTime',
  'timeseriesBucketMaxTime',
]);
const metadataNames = new Set([
  ...kept,
  ...['textScore', 'geoNearDistance', 'geoNearPoint', 'searchScore', 'searchHighlights', 'searchScoreDetails'],
  ...['searchSequenceToken', 'vectorSearchScore', 'score', 'scoreDetails'],
]);

/** What no query here computes beside its documents. */
const metadata: Operator = (operand, _compile, name) => {
  if (typeof operand !== 'string') throw locationFailure(17307, `${name} only supports string arguments`);
  if (!metadataNames.has(operand)) throw locationFailure(17308, `Unsupported argument to ${name}: ${operand}`);
  if (kept.has(operand)) throw failure('NotImplemented', `${name} of '${operand}' is not supported by this server`);
  throw locationFailure(40218, `query requires ${operand} metadata, but it is not available`);
};

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
  $zip: zip,
  $function: lacking,
  $meta: metadata,
  $toHashedIndexKey: lacking,
};
