import { Decimal128 } from 'bson';
import { type Exact, exactOfDouble, exactOfText } from '../bson/number-order.ts';

/** The decimals of IEEE 754 in 128 bits, computed exactly and rounded to what they hold. Trailing zeros count. */

const precision = 34;
const leastExponent = -6176;
const greatestExponent = 6111;

type Rounding = 'half-even' | 'down' | 'floor' | 'ceiling';

const magnitude = (digits: bigint): bigint => (digits < 0n ? -digits : digits);
const lengthOf = (digits: bigint): number => magnitude(digits).toString().length;
const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Whether what is cut off moves the digits away from zero. */
const isAway: Readonly<Record<Rounding, (whole: bigint, rest: bigint, unit: bigint) => boolean>> = {
  'half-even': (whole, rest, unit) => {
    const twice = magnitude(rest) * 2n;
    return twice > unit || (twice === unit && whole % 2n !== 0n);
  },
  down: () => false,
  floor: (_whole, rest) => rest < 0n,
  ceiling: (_whole, rest) => rest > 0n,
};

/** The same number, or the nearest, with this exponent. */
export const withExponent = ({ digits, exponent }: Exact, wanted: number, mode: Rounding = 'half-even'): Exact => {
  if (wanted <= exponent) return { digits: digits * powerOfTen(exponent - wanted), exponent: wanted };
  const unit = powerOfTen(wanted - exponent);
  const whole = digits / unit;
  const rest = digits % unit;
  const step = digits < 0n ? -1n : 1n;
  return { digits: isAway[mode](whole, rest, unit) ? whole + step : whole, exponent: wanted };
};

const fitted = (exact: Exact): Exact => {
  const excess = Math.max(lengthOf(exact.digits) - precision, leastExponent - exact.exponent, 0);
  const rounded = withExponent(exact, exact.exponent + excess);
  // Rounding up may have made one digit more.
  return lengthOf(rounded.digits) > precision ? withExponent(rounded, rounded.exponent + 1) : rounded;
};

export const decimalOf = (exact: Exact): Decimal128 => {
  const { digits, exponent } = fitted(exact);
  if (exponent <= greatestExponent) return Decimal128.fromString(`${digits}E${exponent}`);
  const padded = exponent - greatestExponent;
  if (digits === 0n) return Decimal128.fromString(`0E${greatestExponent}`);
  if (lengthOf(digits) + padded <= precision)
    return Decimal128.fromString(`${digits * powerOfTen(padded)}E${greatestExponent}`);
  return Decimal128.fromString(digits < 0n ? '-Infinity' : 'Infinity');
};

/** A double counts with its first fifteen digits, as the server converts it. */
export const decimalOfDouble = (value: number): Decimal128 => {
  if (!Number.isFinite(value)) return Decimal128.fromString(String(value));
  if (value === 0) return Decimal128.fromString('0');
  const order = Number(value.toExponential().split('e')[1]);
  return decimalOf(withExponent(exactOfDouble(value), order - 14));
};

/** Not a number, or without end: such a decimal computes as the double does. */
const asSpecial = (value: Decimal128): number | null => {
  const text = value.toString();
  return /\d/.test(text) ? null : Number(text);
};

export const exactOfDecimal = (value: Decimal128): Exact => exactOfText(value.toString());

type Operation = (left: Decimal128, right: Decimal128) => Decimal128;

const operation =
  (exact: (left: Exact, right: Exact) => Exact, double: (left: number, right: number) => number): Operation =>
  (left, right) => {
    if (asSpecial(left) === null && asSpecial(right) === null) {
      return decimalOf(exact(exactOfDecimal(left), exactOfDecimal(right)));
    }
    const sign = (value: Decimal128): number => asSpecial(value) ?? Math.sign(Number(value.toString()));
    return decimalOfDouble(double(sign(left), sign(right)));
  };

const aligned = (left: Exact, right: Exact): { exponent: number; digits: [bigint, bigint] } => {
  const exponent = Math.min(left.exponent, right.exponent);
  return { exponent, digits: [withExponent(left, exponent).digits, withExponent(right, exponent).digits] };
};

const quotient = (left: Exact, right: Exact): Exact => {
  const preferred = left.exponent - right.exponent;
  const shift = Math.max(0, precision + 2 + lengthOf(right.digits) - lengthOf(left.digits));
  const shifted = left.digits * powerOfTen(shift);
  let digits = shifted / right.digits;
  let exponent = preferred - shift;
  // One more digit tells the rounding that something is left over.
  if (shifted % right.digits !== 0n) {
    const isNegative = left.digits < 0n !== right.digits < 0n;
    return { digits: digits * 10n + (isNegative ? -1n : 1n), exponent: exponent - 1 };
  }
  for (; exponent < preferred && digits % 10n === 0n; exponent++) digits /= 10n;
  return { digits, exponent };
};

export const addDecimals = operation(
  (left, right) => {
    const { exponent, digits } = aligned(left, right);
    return { digits: digits[0] + digits[1], exponent };
  },
  (left, right) => left + right,
);

export const multiplyDecimals = operation(
  (left, right) => ({ digits: left.digits * right.digits, exponent: left.exponent + right.exponent }),
  (left, right) => left * right,
);

/** The divisor is not zero. */
export const divideDecimals = operation(quotient, (left, right) => left / right);

const remainder = operation(
  (left, right) => {
    const { exponent, digits } = aligned(left, right);
    return { digits: digits[0] % digits[1], exponent };
  },
  () => Number.NaN,
);

/** What is left of a division, with the sign of the dividend; all of it where the divisor has no end. */
export const remainderOfDecimals: Operation = (left, right) => {
  const isWhole = asSpecial(left) === null && Math.abs(asSpecial(right) ?? 0) === Number.POSITIVE_INFINITY;
  return isWhole ? left : remainder(left, right);
};

export const negateDecimal = (value: Decimal128): Decimal128 => {
  const text = value.toString();
  if (text === 'NaN') return value;
  return Decimal128.fromString(text.startsWith('-') ? text.slice(1) : `-${text}`);
};

/** Rounded to so many places; what has no end, or no room for the places, stays or is not a number. */
export const placedDecimal = (value: Decimal128, place: number, mode: Rounding): Decimal128 => {
  if (asSpecial(value) !== null) return value;
  const placed = withExponent(exactOfDecimal(value), -place, mode);
  return lengthOf(placed.digits) > precision ? Decimal128.fromString('NaN') : decimalOf(placed);
};
