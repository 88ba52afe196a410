import { type Document, isDocument } from '../../bson/decode.ts';
import type { BsonNumber } from '../../bson/number-order.ts';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, toNumber } from '../../numbers.ts';
import { shellText } from '../../storage/shell-text.ts';
import { accumulators, countedAccumulators, type NewAccumulator, percentiles } from '../accumulators.ts';
import { checkKnown, isNothing, onNamed, onValues, type Operator } from '../operator.ts';

/** Accumulators over the values of one document. */

const over = (make: NewAccumulator, values: readonly unknown[]): unknown => {
  const accumulator = make();
  for (const value of values) accumulator.add(value);
  return accumulator.result();
};

const gathering = (name: string): Operator => onValues((values) => over(accumulators[name]!, values));

export const countOf = (value: unknown): number => {
  const wrong = (code: number): Error =>
    locationFailure(code, `Value for 'n' must be of integral type, but found ${shellText(value)}`);
  if (!isNumber(value)) throw wrong(5787902);
  const count = toNumber(value);
  if (!Number.isInteger(count) || isBeyondLong(value)) throw wrong(5787903);
  if (count > 0) return count;
  throw locationFailure(5787908, `'n' must be greater than 0, found ${count}`);
};

const isBeyondLong = (value: BsonNumber): boolean => {
  const number = toNumber(value);
  return number > 2 ** 63 || (number === 2 ** 63 && String(value) !== '9223372036854775807');
};

/** Reads `{ input, n }`. */
export const countedArguments = (operand: unknown, name: string): Document => {
  if (!isDocument(operand)) {
    const code = ['$minN', '$maxN'].includes(name) ? 5787900 : 5787801;
    throw locationFailure(code, `specification must be an object; found ${name}: ${shellText(operand)}`);
  }
  checkKnown(operand, ['input', 'n'], (unknown) =>
    locationFailure(5787901, `Unknown argument for 'n' operator: ${unknown}`),
  );
  if (!('n' in operand)) throw locationFailure(5787906, "Missing value for 'n'");
  if (!('input' in operand)) throw locationFailure(5787907, "Missing value for 'input'");
  return operand;
};

const counted: Operator = (operand, compile, name) => {
  const given = countedArguments(operand, name);
  const [input, n] = [compile(given.input), compile(given.n)];
  return (frame) => {
    const make = countedAccumulators[name]!(countOf(n(frame)));
    const values = input(frame);
    if (Array.isArray(values)) return over(make, values);
    throw locationFailure(5788200, `${name}: input must be an array, but found ${typeName(values)}`);
  };
};

/** The shares that are asked for. */
export const sharesOf = (shares: unknown): number[] => {
  if (!Array.isArray(shares) || shares.length === 0) throw noShares(7750301, shares);
  return shares.map((share) => {
    if (!isNumber(share)) throw noShares(7750302, share);
    const number = toNumber(share);
    if (!(number >= 0 && number <= 1)) throw noShares(7750303, share);
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

const written = (names: readonly string[], notAnObject: number) => ({
  required: names,
  faults: { notAnObject, unknown: 40415, missing: Object.fromEntries(names.map((name) => [name, 40414])) },
});
export const percentileNames = written(['input', 'p', 'method'], 7429703);
export const medianNames = written(['input', 'method'], 7436100);

const percentile = onNamed(percentileNames, (options) => {
  checkMethod(options);
  return over(percentiles(sharesOf(options.p)), inputOf(options.input));
});

const median = onNamed(medianNames, (options) => {
  checkMethod(options);
  return (over(percentiles([0.5]), inputOf(options.input)) as unknown[])[0];
});

const named = (names: readonly string[], make: (name: string) => Operator): Record<string, Operator> =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

export const gatheringOperators: Readonly<Record<string, Operator>> = {
  ...named(['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'], gathering),
  ...named(Object.keys(countedAccumulators), () => counted),
  $percentile: percentile,
  $median: median,
};
