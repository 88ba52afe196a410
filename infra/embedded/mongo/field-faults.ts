/** What is wrong with a field of a command, in the server's words. The name is the whole path, the command's first. */
import { type CommandFailure, failure } from './errors.ts';
import { typeName } from './matching/types.ts';
import { isNumber } from './numbers.ts';

export const wrongType = (name: string, value: unknown, wanted: string): CommandFailure =>
  failure('TypeMismatch', `BSON field '${name}' is the wrong type '${typeName(value)}', expected ${wanted}`);

export const missingField = (name: string): CommandFailure =>
  failure('IDLFailedToParse', `BSON field '${name}' is missing but a required field`);

export const unknownField = (name: string): CommandFailure =>
  failure('IDLUnknownField', `BSON field '${name}' is an unknown field.`);

interface Range {
  readonly least?: number;
  readonly most?: number;
  readonly below?: number;
}

/** Refuses a number that a field cannot have; gives it back otherwise. */
export const checkRange = (name: string, value: number, { least, most, below }: Range): number => {
  const refuse = (bound: string): CommandFailure =>
    failure('BadValue', `BSON field '${name}' value must be ${bound}, actual value '${value}'`);
  if (least !== undefined && !(value >= least)) throw refuse(`>= ${least}`);
  if (most !== undefined && value > most) throw refuse(`<= ${most}`);
  if (below !== undefined && value >= below) throw refuse(`< ${below}`);
  return value;
};

export const numberTypes = "types '[long, int, decimal, double]'";

/** Refuses anything but a truth value, or a number in its place, where that may be; nothing says nothing. */
export const checkFlag = (name: string, value: unknown, mayBeNumber = true): void => {
  if (value === undefined || value === null || typeof value === 'boolean') return;
  if (!mayBeNumber) throw wrongType(name, value, "type 'bool'");
  if (!isNumber(value)) throw wrongType(name, value, "types '[bool, long, int, decimal, double]'");
};
