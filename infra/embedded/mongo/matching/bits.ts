import { Binary, Long } from 'bson';
import { failure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { shellText } from '../storage/shell-text.ts';
import { elementOrWhole, type LeafTest } from './paths.ts';

/** No document has room for a bit beyond; there the sign of a number is drawn out for ever. */
const farthest = 8 * 2 ** 24;

const positionOf = (value: unknown): bigint => {
  const position = isNumber(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(position))
    throw failure('BadValue', `bit positions must be an integer but got: ${shellText(value)}`);
  if (position >= 2 ** 31)
    throw failure('BadValue', `bit positions cannot be represented as a 32-bit signed integer: ${position}`);
  if (position < 0) throw failure('BadValue', `bit positions must be >= 0 but got: ${position}`);
  return BigInt(Math.min(position, farthest));
};

const maskOf = (operand: unknown, name: string): bigint => {
  if (operand instanceof Binary) return bitsOfBinary(operand);
  if (Array.isArray(operand)) {
    return operand.reduce((mask: bigint, position) => mask | (1n << positionOf(position)), 0n);
  }
  if (!isNumber(operand))
    throw failure('BadValue', `${name} takes an Array, a number, or a BinData but received: ${shellText(operand)}`);
  const bits = bitsOf(operand);
  if (bits === null) throw failure('FailedToParse', `Expected an integer: ${name}: ${shellText(operand)}`);
  if (bits < 0n) throw failure('FailedToParse', `Expected a non-negative number in: ${name}: ${shellText(operand)}`);
  return bits;
};

const bitsOfBinary = (binary: Binary): bigint =>
  binary.value().reduceRight((bits: bigint, byte: number) => (bits << 8n) | BigInt(byte), 0n);

/** A negative number counts as two's complement with its sign drawn out for ever; beyond 64 bits it has none. */
const bitsOf = (value: unknown): bigint | null => {
  if (value instanceof Binary) return bitsOfBinary(value);
  if (value instanceof Long) return value.toBigInt();
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  return Number.isInteger(number) && Math.abs(number) < 2 ** 63 ? BigInt(number) : null;
};

const bitTest =
  (name: string, accepts: (common: bigint, mask: bigint) => boolean) =>
  (operand: unknown): { test: LeafTest } => {
    const mask = maskOf(operand, name);
    return {
      test: elementOrWhole((value) => {
        const bits = bitsOf(value);
        return bits !== null && accepts(bits & mask, mask);
      }),
    };
  };

export const bitTests = {
  $bitsAllSet: bitTest('$bitsAllSet', (common, mask) => common === mask),
  $bitsAnySet: bitTest('$bitsAnySet', (common) => common !== 0n),
  $bitsAllClear: bitTest('$bitsAllClear', (common) => common === 0n),
  $bitsAnyClear: bitTest('$bitsAnyClear', (common, mask) => common !== mask),
};
