import { Binary } from 'bson';
import { failure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { elementOrWhole, type LeafTest } from './paths.ts';

const maskOf = (operand: unknown, name: string): bigint => {
  if (operand instanceof Binary) return bitsOfBinary(operand);
  if (Array.isArray(operand) && operand.every(isNumber)) {
    return operand.reduce((mask: bigint, position) => mask | (1n << BigInt(toNumber(position))), 0n);
  }
  if (isNumber(operand) && Number.isInteger(toNumber(operand)) && toNumber(operand) >= 0)
    return BigInt(toNumber(operand));
  throw failure('BadValue', `${name} takes an Array, a number, or a BinData but received something else`);
};

const bitsOfBinary = (binary: Binary): bigint =>
  binary.value().reduceRight((bits: bigint, byte: number) => (bits << 8n) | BigInt(byte), 0n);

/** A negative number counts as two's complement with its sign drawn out for ever. */
const bitsOf = (value: unknown): bigint | null => {
  if (value instanceof Binary) return bitsOfBinary(value);
  if (!isNumber(value)) return null;
  const number = toNumber(value);
  return Number.isInteger(number) ? BigInt(String(value.valueOf())) : null;
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
