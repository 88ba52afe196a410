import { Decimal128, Long } from 'bson';
import { negateDecimal, placedDecimal, withExponent } from '../../arithmetic/decimal.ts';
import { compute, divide } from '../../arithmetic/operations.ts';
import { roundTo } from '../../arithmetic/rounding.ts';
import { double, intOrLong, isWhole, isWithinLong, long, toBigInt, width, widthOf } from '../../arithmetic/typed.ts';
import type { BsonNumber } from '../../bson/number-order.ts';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, isZero, toNumber } from '../../numbers.ts';
import { isNothing, onList, onPair, onValue, type Operator } from '../operator.ts';
import { asInt, notNumeric, numberOr, onlyNumbers } from './numeric.ts';

/** To the nearest whole number, half away from zero; of a decimal, to the even one. */
const wholeMilliseconds = (value: BsonNumber): number => {
  const number =
    value instanceof Decimal128 ? Number(placedDecimal(value, 0, 'half-even').toString()) : toNumber(value);
  return Math.sign(number) * Math.round(Math.abs(number));
};

const moved = (date: Date, values: readonly BsonNumber[]): Date => {
  const result = new Date(values.reduce((time: number, value) => time + wholeMilliseconds(value), date.getTime()));
  if (!Number.isNaN(result.getTime())) return result;
  throw failure('Overflow', 'date overflow');
};

/** Ints are added up and multiplied as longs, and are ints again at the end where they can be. */
const narrowed = (result: BsonNumber, isOfInts: boolean): BsonNumber =>
  isOfInts && result instanceof Long ? intOrLong(result.toBigInt()) : result;

const fold = (name: 'add' | 'multiply', values: readonly BsonNumber[]): BsonNumber =>
  narrowed(
    values.reduce((result, value) => compute(name, result, value), name === 'add' ? 0 : 1),
    values.every((value) => widthOf(value) === width.int),
  );

const add = onList([0, Infinity], (values) => {
  const numbers: BsonNumber[] = [];
  const dates: Date[] = [];
  for (const value of values) {
    if (isNothing(value)) return null;
    if (value instanceof Date) dates.push(value);
    else if (isNumber(value)) numbers.push(value);
    else throw failure('TypeMismatch', `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  const [date, second] = dates;
  if (second) throw locationFailure(16612, 'only one date allowed in an $add expression');
  return date ? moved(date, numbers) : fold('add', numbers);
});

const multiply = onList([0, Infinity], (values, name) => {
  const numbers: BsonNumber[] = [];
  for (const value of values) {
    if (isNothing(value)) return null;
    numbers.push(numberOr(value, () => failure('TypeMismatch', onlyNumbers(name, value))));
  }
  return fold('multiply', numbers);
});

const subtract = onPair((left, right) => {
  if (isNothing(left) || isNothing(right)) return null;
  if (isNumber(left) && isNumber(right)) return compute('subtract', left, right);
  if (left instanceof Date && right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
  if (left instanceof Date && isNumber(right)) return moved(left, [compute('subtract', 0, right)]);
  throw failure('TypeMismatch', `can't $subtract ${typeName(right)} from ${typeName(left)}`);
});

const dividing = (
  compute: (left: BsonNumber, right: BsonNumber) => BsonNumber,
  refusals: { readonly wrongType: number | 'TypeMismatch'; readonly byZero: (divisor: BsonNumber) => Error },
): Operator =>
  onPair((left, right, name) => {
    if (isNothing(left) || isNothing(right)) return null;
    if (!isNumber(left) || !isNumber(right)) throw notNumeric(refusals.wrongType, onlyNumbers(name, left, right));
    if (isZero(right)) throw refusals.byZero(right);
    return compute(left, right);
  });

/** An operator on one number, which keeps its type. */
const onNumber = (run: (value: BsonNumber) => BsonNumber): Operator =>
  onValue((value, name) => {
    if (isNothing(value)) return null;
    return run(numberOr(value, () => locationFailure(28765, onlyNumbers(name, value))));
  });

const absolute = onNumber((value) => {
  if (value instanceof Decimal128) return value.toString().startsWith('-') ? negateDecimal(value) : value;
  if (!isWhole(value)) return double(Math.abs(toNumber(value)));
  const whole = toBigInt(value);
  const positive = whole < 0n ? -whole : whole;
  if (!isWithinLong(positive)) throw locationFailure(28680, "can't take $abs of long long min");
  return value instanceof Long ? long(positive) : intOrLong(positive);
});

const towards = (mode: 'floor' | 'ceiling', run: (value: number) => number): Operator =>
  onNumber((value) => {
    if (value instanceof Decimal128) return placedDecimal(value, 0, mode);
    return isWhole(value) ? value : double(run(toNumber(value)));
  });

const placeOf = (value: unknown, name: string): number => {
  const place = asInt(value);
  if (place === undefined) throw locationFailure(51082, `precision argument to  ${name} must be a integral value`);
  if (place >= -20 && place <= 100) return place;
  throw locationFailure(51083, `cannot apply ${name} with precision value ${place} value must be in [-20, 100]`);
};

const roundWhole = (value: BsonNumber, place: number, mode: 'half-even' | 'down'): BsonNumber => {
  if (place >= 0) return value;
  const rounded = placedWhole(toBigInt(value), -place, mode);
  if (!isWithinLong(rounded)) throw locationFailure(51080, 'invalid conversion from Decimal128 result in $round');
  return value instanceof Long ? long(rounded) : intOrLong(rounded);
};

const placedWhole = (whole: bigint, zeros: number, mode: 'half-even' | 'down'): bigint => {
  const placed = withExponent({ digits: whole, exponent: 0 }, zeros, mode);
  return placed.digits * 10n ** BigInt(zeros);
};

const rounding = (mode: 'half-even' | 'down'): Operator =>
  onList([1, 2], ([value, place = 0], name) => {
    if (isNothing(value) || isNothing(place)) return null;
    const number = numberOr(value, () => locationFailure(51081, onlyNumbers(name, value)));
    const places = placeOf(place, name);
    if (number instanceof Decimal128) return placedDecimal(number, places, mode);
    if (isWhole(number)) return roundWhole(number, places, mode);
    return double(roundTo(toNumber(number), places, mode === 'down' ? 'trunc' : 'round'));
  });

export const arithmeticOperators: Readonly<Record<string, Operator>> = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: dividing(divide, {
    wrongType: 'TypeMismatch',
    byZero: () => failure('BadValue', "can't $divide by zero"),
  }),
  $mod: dividing((left, right) => compute('modulo', left, right), {
    wrongType: 16611,
    byZero: (divisor) => locationFailure(divisor instanceof Decimal128 ? 5733415 : 16610, "can't $mod by zero"),
  }),
  $abs: absolute,
  $ceil: towards('ceiling', Math.ceil),
  $floor: towards('floor', Math.floor),
  $round: rounding('half-even'),
  $trunc: rounding('down'),
};
