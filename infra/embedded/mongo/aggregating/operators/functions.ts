import {
  double,
  intOrLong,
  isWhole,
  isWithinLong,
  long,
  toBigInt,
  toDecimal,
  width,
  widthOf,
} from '../../arithmetic/typed.ts';
import * as decimals from '../../arithmetic/decimal-functions.ts';
import { Decimal128, Long } from 'bson';
import type { BsonNumber } from '../../bson/number-order.ts';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, toNumber } from '../../numbers.ts';
import { isNothing, onList, onPair, onValue, type Operator } from '../operator.ts';
import { numberOr, onlyNumbers } from './numeric.ts';

/** Functions whose values are doubles, or decimals of decimals. */
interface Real {
  readonly double: (value: number) => number;
  readonly decimal: decimals.DecimalFunction;
}

const of = (double: Real['double'], decimal: decimals.DecimalFunction): Real => ({ double, decimal });

type Check = (value: BsonNumber, name: string) => void;

const onReal = (run: Real, check: Check = () => {}): Operator =>
  onValue((value, name) => {
    if (isNothing(value)) return null;
    const number = numberOr(value, () => locationFailure(28765, onlyNumbers(name, value)));
    check(number, name);
    return number instanceof Decimal128
      ? decimals.applyToDecimals(run.decimal, number)
      : double(run.double(toNumber(number)));
  });

const positive = (code: number): Check => {
  return (number, name) => {
    const value = toNumber(number);
    if (value <= 0) throw locationFailure(code, `${name}'s argument must be a positive number, but is ${value}`);
  };
};

/** Where a function of angles is defined, its ends included. */
const within = (run: Real, [least, most]: readonly [number, number]): Operator =>
  onReal(run, (number, name) => {
    const value = toNumber(number);
    if (value < least || value > most) {
      throw locationFailure(50989, `cannot apply ${name} to ${value}, value must be in [${least},${most}]`);
    }
  });

/** A decimal may be greater than any double, and still has an end. */
const ofFinite = (run: Real): Operator =>
  onReal(run, (value, name) => {
    const text = value.toString();
    if (/inf/i.test(text)) throw locationFailure(50989, `cannot apply ${name} to ${text}, value must be in (-inf,inf)`);
  });

interface PairOfReals {
  readonly double: (left: number, right: number) => number;
  readonly decimal: decimals.DecimalFunction;
}

const applyToPair = ({ double: run, decimal }: PairOfReals, left: BsonNumber, right: BsonNumber): BsonNumber =>
  [left, right].some((value) => value instanceof Decimal128)
    ? decimals.applyToDecimals(decimal, toDecimal(left), toDecimal(right))
    : double(run(toNumber(left), toNumber(right)));

const pairOfReals = (
  run: PairOfReals,
  codes: readonly [number, number],
  check: (left: number, right: number) => void = () => {},
): Operator =>
  onPair((left, right, name) => {
    if (isNothing(left) || isNothing(right)) return null;
    const [first, second] = [left, right].map((value, at) =>
      numberOr(value, () => locationFailure(codes[at]!, onlyNumbers(name, value))),
    ) as [BsonNumber, BsonNumber];
    check(toNumber(first), toNumber(second));
    return applyToPair(run, first, second);
  });

const checkLogarithm = (value: number, base: number): void => {
  if (value <= 0) throw locationFailure(28758, `$log's argument must be a positive number, but is ${value}`);
  if (base <= 0 || base === 1)
    throw locationFailure(28759, `$log's base must be a positive number not equal to 1, but is ${base}`);
};

const wholePower = (base: BsonNumber, exponent: bigint): bigint | undefined => {
  const value = toBigInt(base);
  if (value === 0n || value === 1n) return exponent === 0n ? 1n : value;
  if (value === -1n) return exponent % 2n === 0n ? 1n : -1n;
  const power = exponent >= 0n && exponent < 64n ? value ** exponent : undefined;
  return power !== undefined && isWithinLong(power) ? power : undefined;
};

const power = onPair((base, exponent) => {
  if (isNothing(base) || isNothing(exponent)) return null;
  if (!isNumber(base)) throw locationFailure(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumber(exponent)) throw locationFailure(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  return raise(base, exponent);
});

const raised: PairOfReals = {
  double: (left, right) => left ** right,
  decimal: (left, right) => left!.pow(right!),
};

export const raise = (base: BsonNumber, exponent: BsonNumber): BsonNumber => {
  const [left, right] = [toNumber(base), toNumber(exponent)];
  if (left === 0 && right < 0) throw locationFailure(28764, '$pow cannot take a base of 0 and a negative exponent');
  const whole = isWhole(base) && isWhole(exponent) ? wholePower(base, toBigInt(exponent)) : undefined;
  if (whole === undefined) return applyToPair(raised, base, exponent);
  return Math.max(widthOf(base), widthOf(exponent)) === width.int ? intOrLong(whole) : long(whole);
};

const bitwise = (nothing: bigint, run: (left: bigint, right: bigint) => bigint): Operator =>
  onList([0, Infinity], (values, name) => {
    if (values.some(isNothing)) return null;
    const isOfWhole = (value: unknown): value is BsonNumber => isNumber(value) && isWhole(value);
    if (!values.every(isOfWhole)) throw failure('TypeMismatch', `${name} only supports int and long operands.`);
    const result = values.map(toBigInt).reduce(run, nothing);
    return values.some((value) => value instanceof Long) ? long(result) : Number(result);
  });

const not = onValue((value) => {
  if (isNothing(value)) return null;
  if (typeof value === 'number' && isWhole(value)) return ~value;
  if (value instanceof Long) return value.not();
  throw failure('TypeMismatch', `$bitNot only supports int and long, not: ${typeName(value)}.`);
});

export const functionOperators: Readonly<Record<string, Operator>> = {
  $exp: onReal(of(Math.exp, (x) => x!.exp())),
  $ln: onReal(
    of(Math.log, (x) => x!.ln()),
    positive(28766),
  ),
  $log10: onReal(
    of(Math.log10, (x) => x!.log(10)),
    positive(28761),
  ),
  $log: pairOfReals(
    { double: (value, base) => Math.log(value) / Math.log(base), decimal: (value, base) => value!.log(base) },
    [28756, 28757],
    checkLogarithm,
  ),
  $pow: power,
  $sqrt: onReal(
    of(Math.sqrt, (x) => x!.sqrt()),
    (value) => {
      if (toNumber(value) < 0) throw locationFailure(28714, "$sqrt's argument must be greater than or equal to 0");
    },
  ),
  $sigmoid: onReal(
    of(
      (x) => 1 / (1 + Math.exp(-x)),
      (x) => x!.neg().exp().plus(1).pow(-1),
    ),
  ),
  $sin: ofFinite(of(Math.sin, (x) => x!.sin())),
  $cos: ofFinite(of(Math.cos, (x) => x!.cos())),
  $tan: ofFinite(of(Math.tan, (x) => x!.tan())),
  $asin: within(
    of(Math.asin, (x) => x!.asin()),
    [-1, 1],
  ),
  $acos: within(
    of(Math.acos, (x) => x!.acos()),
    [-1, 1],
  ),
  $atan: onReal(of(Math.atan, (x) => decimals.atan(x!))),
  $atan2: pairOfReals({ double: Math.atan2, decimal: (y, x) => decimals.atan2(y!, x!) }, [51044, 51045]),
  $sinh: onReal(of(Math.sinh, (x) => decimals.sinh(x!))),
  $cosh: onReal(of(Math.cosh, (x) => decimals.cosh(x!))),
  $tanh: onReal(of(Math.tanh, (x) => decimals.tanh(x!))),
  $asinh: onReal(of(Math.asinh, (x) => decimals.asinh(x!))),
  $acosh: within(
    of(Math.acosh, (x) => decimals.acosh(x!)),
    [1, Number.POSITIVE_INFINITY],
  ),
  $atanh: within(
    of(Math.atanh, (x) => x!.atanh()),
    [-1, 1],
  ),
  $degreesToRadians: onReal(
    of(
      (value) => value * (Math.PI / 180),
      (x) => x!.times('0.01745329251994329576923690768488613'),
    ),
  ),
  $radiansToDegrees: onReal(
    of(
      (value) => value * (180 / Math.PI),
      (x) => x!.times('57.29577951308232087679815481410517'),
    ),
  ),
  $bitAnd: bitwise(-1n, (left, right) => left & right),
  $bitOr: bitwise(0n, (left, right) => left | right),
  $bitXor: bitwise(0n, (left, right) => left ^ right),
  $bitNot: not,
};
