import { double, intOrLong, isWhole, isWithinLong, long, toBigInt, width, widthOf } from '../../arithmetic/typed.ts';
import { Long } from 'bson';
import type { BsonNumber } from '../../bson/number-order.ts';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber } from '../../numbers.ts';
import { isNothing, onList, onPair, onValue, type Operator } from '../operator.ts';
import { doubleOf, numberOr, onlyNumbers } from './numeric.ts';

/** Functions whose values are doubles, whatever they are given. */

const onDouble = (run: (value: number, name: string) => number): Operator =>
  onValue((value, name) => {
    if (isNothing(value)) return null;
    return double(
      run(
        doubleOf(
          numberOr(value, () => locationFailure(28765, onlyNumbers(name, value))),
          name,
        ),
        name,
      ),
    );
  });

const positive = (code: number): ((value: number, name: string) => void) => {
  return (value, name) => {
    if (value <= 0) throw locationFailure(code, `${name}'s argument must be a positive number, but is ${value}`);
  };
};

const checked = (check: (value: number, name: string) => void, run: (value: number) => number): Operator =>
  onDouble((value, name) => {
    check(value, name);
    return run(value);
  });

/** Where a function of angles is defined, its ends included. */
const within = (run: (value: number) => number, [least, most]: readonly [number, number]): Operator =>
  checked((value, name) => {
    if (value < least || value > most) {
      throw locationFailure(50989, `cannot apply ${name} to ${value}, value must be in [${least},${most}]`);
    }
  }, run);

const ofFinite = (run: (value: number) => number): Operator => within(run, [-Number.MAX_VALUE, Number.MAX_VALUE]);

const pairOfDoubles = (run: (left: number, right: number) => number, codes: readonly [number, number]): Operator =>
  onPair((left, right, name) => {
    if (isNothing(left) || isNothing(right)) return null;
    const numbers = [left, right].map((value, at) =>
      doubleOf(
        numberOr(value, () => locationFailure(codes[at]!, onlyNumbers(name, value))),
        name,
      ),
    );
    return double(run(numbers[0]!, numbers[1]!));
  });

const logarithm = (value: number, base: number): number => {
  if (value <= 0) throw locationFailure(28758, `$log's argument must be a positive number, but is ${value}`);
  if (base <= 0 || base === 1)
    throw locationFailure(28759, `$log's base must be a positive number not equal to 1, but is ${base}`);
  return Math.log(value) / Math.log(base);
};

const wholePower = (base: BsonNumber, exponent: bigint): bigint | undefined => {
  const value = toBigInt(base);
  if (value === 0n || value === 1n) return exponent === 0n ? 1n : value;
  if (value === -1n) return exponent % 2n === 0n ? 1n : -1n;
  const power = exponent >= 0n && exponent < 64n ? value ** exponent : undefined;
  return power !== undefined && isWithinLong(power) ? power : undefined;
};

const power = onPair((base, exponent, name) => {
  if (isNothing(base) || isNothing(exponent)) return null;
  if (!isNumber(base)) throw locationFailure(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumber(exponent)) throw locationFailure(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  return raise(base, exponent, name);
});

const raise = (base: BsonNumber, exponent: BsonNumber, name: string): BsonNumber => {
  const [left, right] = [doubleOf(base, name), doubleOf(exponent, name)];
  if (left === 0 && right < 0) throw locationFailure(28764, '$pow cannot take a base of 0 and a negative exponent');
  const whole = isWhole(base) && isWhole(exponent) ? wholePower(base, toBigInt(exponent)) : undefined;
  if (whole === undefined) return double(left ** right);
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
  $exp: onDouble(Math.exp),
  $ln: checked(positive(28766), Math.log),
  $log10: checked(positive(28761), Math.log10),
  $log: pairOfDoubles(logarithm, [28756, 28757]),
  $pow: power,
  $sqrt: checked((value) => {
    if (value < 0) throw locationFailure(28714, "$sqrt's argument must be greater than or equal to 0");
  }, Math.sqrt),
  $sigmoid: onDouble((value) => 1 / (1 + Math.exp(-value))),
  $sin: ofFinite(Math.sin),
  $cos: ofFinite(Math.cos),
  $tan: ofFinite(Math.tan),
  $asin: within(Math.asin, [-1, 1]),
  $acos: within(Math.acos, [-1, 1]),
  $atan: onDouble(Math.atan),
  $atan2: pairOfDoubles(Math.atan2, [51044, 51045]),
  $sinh: onDouble(Math.sinh),
  $cosh: onDouble(Math.cosh),
  $tanh: onDouble(Math.tanh),
  $asinh: onDouble(Math.asinh),
  $acosh: within(Math.acosh, [1, Number.POSITIVE_INFINITY]),
  $atanh: within(Math.atanh, [-1, 1]),
  $degreesToRadians: onDouble((value) => value * (Math.PI / 180)),
  $radiansToDegrees: onDouble((value) => value * (180 / Math.PI)),
  $bitAnd: bitwise(-1n, (left, right) => left & right),
  $bitOr: bitwise(0n, (left, right) => left | right),
  $bitXor: bitwise(0n, (left, right) => left ^ right),
  $bitNot: not,
};
