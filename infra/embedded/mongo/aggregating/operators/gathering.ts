import type { Document } from '../../bson/decode.ts';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, toNumber } from '../../numbers.ts';
import { shellText } from '../../storage/shell-text.ts';
import { accumulators, countedAccumulators, type NewAccumulator, percentiles } from '../accumulators.ts';
import { isNothing, onNamed, onValues, type Operator } from '../operator.ts';
import { asInt } from './numeric.ts';

/** Accumulators over the values of one document. */

const over = (make: NewAccumulator, values: readonly unknown[]): unknown => {
  const accumulator = make();
  for (const value of values) accumulator.add(value);
  return accumulator.result();
};

const gathering = (name: string): Operator => onValues((values) => over(accumulators[name]!, values));

export const countOf = (value: unknown): number => {
  const count = asInt(value);
  if (count !== undefined && count > 0) return count;
  if (isNumber(value) && toNumber(value) <= 0) throw locationFailure(5787908, "'n' must be greater than 0");
  throw locationFailure(5787902, `Value for 'n' must be of integral type, but found ${typeName(value)}`);
};

const counted = (name: string): Operator =>
  onNamed({ required: ['input', 'n'] }, ({ input, n }) => {
    const make = countedAccumulators[name]!(countOf(n));
    if (Array.isArray(input)) return over(make, input);
    throw locationFailure(5788200, `${name}: input must be an array, but found ${typeName(input)}`);
  });

/** The shares that are asked for. */
export const sharesOf = (shares: unknown): number[] => {
  if (!Array.isArray(shares) || shares.length === 0) throw noShares(7750301, shares);
  return shares.map((share) => {
    if (!isNumber(share)) throw noShares(7750302, share);
    const number = toNumber(share);
    if (number < 0 || number > 1) throw noShares(7750303, share);
    return number;
  });
};

const noShares = (code: number, found: unknown): Error =>
  locationFailure(
    code,
    `The $percentile 'p' field must be an array of numbers from [0.0, 1.0], but found: ${shellText(found)}`,
  );

export const checkMethod = ({ method }: Document): void => {
  if (method === 'approximate') return;
  throw failure('BadValue', "Currently only 'approximate' can be used as percentile 'method'.");
};

const inputOf = (input: unknown): readonly unknown[] =>
  Array.isArray(input) ? input : isNothing(input) ? [] : [input];

const percentile = onNamed({ required: ['input', 'p', 'method'] }, (options) => {
  checkMethod(options);
  return over(percentiles(sharesOf(options.p)), inputOf(options.input));
});

const median = onNamed({ required: ['input', 'method'] }, (options) => {
  checkMethod(options);
  return (over(percentiles([0.5]), inputOf(options.input)) as unknown[])[0];
});

const named = (names: readonly string[], make: (name: string) => Operator): Record<string, Operator> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

export const gatheringOperators: Readonly<Record<string, Operator>> = {
  ...named(['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'], gathering),
  ...named(Object.keys(countedAccumulators), counted),
  $percentile: percentile,
  $median: median,
};
