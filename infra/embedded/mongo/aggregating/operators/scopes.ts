import { type Document, isDocument } from '../../bson/decode.ts';
import { locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isTruthy } from '../../numbers.ts';
import { checkNames, checkVariable, type Computation, type Frame, isNothing, type Operator } from '../operator.ts';
import { asInt } from './numeric.ts';

/** Operators that give names to values for a part of them. */

const withVariables = (frame: Frame, variables: Document): Frame => ({
  ...frame,
  variables: { ...frame.variables, ...variables },
});

const bindNames = {
  required: ['vars', 'in'],
  faults: { notAnObject: 16874, unknown: 16875, missing: { vars: 16876, in: 16877 } },
};

const bind: Operator = (operand, compile, name) => {
  const { vars, in: body } = checkNames(operand, bindNames, name);
  if (!isDocument(vars)) throw locationFailure(10065, 'invalid parameter: expected an object (vars)');
  const names = Object.keys(vars).map(checkVariable);
  const values = names.map((variable) => compile(vars[variable]));
  const compute = compile(body, names);
  return (frame) =>
    compute(withVariables(frame, Object.fromEntries(names.map((variable, at) => [variable, values[at]!(frame)]))));
};

const variableOf = ({ as }: Document): string => (as === undefined ? 'this' : checkVariable(as));

const inputOf = (value: unknown, [code, name]: readonly [number, string]): readonly unknown[] | null => {
  if (isNothing(value)) return null;
  if (Array.isArray(value)) return value;
  throw locationFailure(code, `input to ${name} must be an array not ${typeName(value)}`);
};

const mapNames = {
  required: ['input', 'in'],
  optional: ['as'],
  faults: { notAnObject: 16878, unknown: 16879, missing: { input: 16880, in: 16882 } },
};

const map: Operator = (operand, compile, name) => {
  const options = checkNames(operand, mapNames, name);
  const variable = variableOf(options);
  const [input, compute] = [compile(options.input), compile(options.in, [variable])];
  return (frame) => {
    const array = inputOf(input(frame), [16883, name]);
    return array && array.map((element) => compute(withVariables(frame, { [variable]: element })) ?? null);
  };
};

/** Null for no limit. */
const limitOf = (value: unknown): number => {
  if (isNothing(value)) return Number.POSITIVE_INFINITY;
  const limit = asInt(value);
  if (limit === undefined)
    throw locationFailure(327391, `$filter: limit must be represented as a 32-bit integral value`);
  if (limit < 1) throw locationFailure(327392, `$filter: limit must be greater than 0: ${limit}`);
  return limit;
};

const filterNames = {
  required: ['input', 'cond'],
  optional: ['as', 'limit'],
  faults: { notAnObject: 28646, unknown: 28647, missing: { input: 28648, cond: 28650 } },
};

const filter: Operator = (operand, compile, name) => {
  const options = checkNames(operand, filterNames, name);
  const variable = variableOf(options);
  const [input, condition] = [compile(options.input), compile(options.cond, [variable])];
  const limit: Computation = compile(options.limit);
  return (frame) => {
    const array = inputOf(input(frame), [28651, name]);
    if (!array) return null;
    const most = limitOf(limit(frame));
    const kept: unknown[] = [];
    for (const element of array) {
      if (kept.length === most) break;
      if (isTruthy(condition(withVariables(frame, { [variable]: element })))) kept.push(element);
    }
    return kept;
  };
};

const reduceNames = {
  required: ['input', 'initialValue', 'in'],
  faults: { notAnObject: 40075, unknown: 40076, missing: { input: 40077, initialValue: 40078, in: 40079 } },
};

const reduce: Operator = (operand, compile, name) => {
  const options = checkNames(operand, reduceNames, name);
  const [input, initial] = [compile(options.input), compile(options.initialValue)];
  const compute = compile(options.in, ['this', 'value']);
  return (frame) => {
    const value = input(frame);
    if (!isNothing(value) && !Array.isArray(value))
      throw locationFailure(40080, `$reduce requires that 'input' be an array, found: ${typeName(value)}`);
    if (isNothing(value)) return null;
    return value.reduce<unknown>(
      (result, element) => compute(withVariables(frame, { this: element, value: result })),
      initial(frame),
    );
  };
};

export const scopeOperators: Readonly<Record<string, Operator>> = {
  $let: bind,
  $map: map,
  $filter: filter,
  $reduce: reduce,
};
