import type { Decimal128, Double, Int32, Long } from 'bson';

export type BsonNumber = number | bigint | Int32 | Long | Double | Decimal128;

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);

/** Four units that sort as the doubles do; NaN, which sorts before all numbers, has the lowest. */
const doubleKey = (value: number): string => {
  if (value !== value) return '\0\0\0\0';
  double[0] = value === 0 ? 0 : value;
  let high = halves[1]!;
  let low = halves[0]!;
  if (high >>> 31) {
    high = ~high >>> 0;
    low = ~low >>> 0;
  } else {
    high = (high | 0x80000000) >>> 0;
  }
  return String.fromCharCode(high >>> 16, high & 0xffff, low >>> 16, low & 0xffff);
};

const neutral = '\u8000';

/** An exact decimal number: digits × 10^exponent. */
export interface Exact {
  readonly digits: bigint;
  readonly exponent: number;
}

export const exactOfText = (text: string): Exact => {
  const [mantissa = '0', power = '0'] = text.toLowerCase().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
};

/** Every finite double is a whole number of some 2^-k, hence a finite decimal. */
export const exactOfDouble = (value: number): Exact => {
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings++;
  }
  return { digits: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
};

const difference = (left: Exact, right: Exact): Exact => {
  const exponent = Math.min(left.exponent, right.exponent);
  const scale = ({ digits, exponent: own }: Exact): bigint => digits * 10n ** BigInt(own - exponent);
  return { digits: scale(left) - scale(right), exponent };
};

const nearest = ({ digits, exponent }: Exact): number => Number(`${digits}e${exponent}`);

/**
 * A number that no double equals sorts by its nearest double, and among those that share it by what is left over;
 * two steps of 53 bits after the first cover the 113 bits of a Decimal128.
 */
const exactKey = (exact: Exact, approximate: number): string => {
  const rest = difference(exact, exactOfDouble(approximate));
  if (rest.digits === 0n) return doubleKey(approximate) + neutral;
  const first = nearest(rest);
  const second = nearest(difference(rest, exactOfDouble(first)));
  return doubleKey(approximate) + (rest.digits < 0n ? '\u7fff' : '\u8001') + doubleKey(first) + doubleKey(second);
};

const integerKey = (value: bigint): string => exactKey({ digits: value, exponent: 0 }, Number(value));

const decimalKey = (value: Decimal128): string => {
  const text = value.toString();
  const approximate = Number(text);
  if (!Number.isFinite(approximate)) return infiniteKey(text, approximate);
  return exactKey(exactOfText(text), approximate);
};

/** Beyond the doubles but finite: just inside infinity, by exponent and digits. */
const infiniteKey = (text: string, approximate: number): string => {
  if (Number.isNaN(approximate) || text.includes('Infinity')) return doubleKey(approximate) + neutral;
  const { digits, exponent } = exactOfText(text);
  const magnitude = digits < 0n ? -digits : digits;
  const order = magnitude.toString().length + exponent;
  const sign = digits < 0n ? -1 : 1;
  const leading = Number(magnitude.toString().slice(0, 15).padEnd(15, '0'));
  return (
    doubleKey(sign * Number.MAX_VALUE) +
    (sign < 0 ? '\u7ffe' : '\u8002') +
    doubleKey(sign * order) +
    doubleKey(sign * leading)
  );
};

export const numberKey = (value: BsonNumber): string => {
  if (typeof value === 'number') return doubleKey(value) + neutral;
  if (typeof value === 'bigint') return integerKey(value);
  switch (value._bsontype) {
    case 'Int32':
    case 'Double':
      return doubleKey(value.value) + neutral;
    case 'Long': {
      const number = value.toNumber();
      return Number.isSafeInteger(number) ? doubleKey(number) + neutral : integerKey(value.toBigInt());
    }
    case 'Decimal128':
      return decimalKey(value);
  }
};
