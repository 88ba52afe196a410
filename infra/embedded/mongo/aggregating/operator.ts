import { type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Where an expression is computed. */
export interface Frame {
  readonly root: Document;
  readonly variables: Variables;
}
/** Undefined stands for "no value". */
export type Computation = (frame: Frame) => unknown;

/** Compiles what stands inside of an operator; that part may see further variables. */
export type Compile = (expression: unknown, bound?: readonly string[]) => Computation;

/** Reads an operator's operand once, and refuses what can never be computed. */
export type Operator = (operand: unknown, compile: Compile, name: string) => Computation;

export const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

const checkName = (name: string, start: RegExp): string => {
  if (name === '') throw failure('FailedToParse', 'empty variable names are not allowed');
  if (!start.test(name))
    throw failure('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
  const [wrong] = /[^\w\u0080-\uffff]/.exec(name) ?? [];
  if (wrong === undefined) return name;
  throw failure('FailedToParse', `'${name}' contains an invalid character for a variable name: '${wrong}'`);
};

/** The name of a variable that somebody may read. */
export const checkRead = (name: string): string => checkName(name, /^[A-Za-z\u0080-\uffff]/);

/** The name of a variable that somebody may make: one's own, or what paths start from. */
export const checkVariable = (name: unknown): string => {
  if (name === 'CURRENT') return name;
  return checkName(typeof name === 'string' ? name : '', /^[a-z\u0080-\uffff]/);
};

/** How many arguments an operator takes, at least and at most. */
type Arity = readonly [least: number, most: number];

export const checkCount = (operator: string, [least, most]: Arity, count: number): void => {
  if (count >= least && count <= most) return;
  if (least === most) {
    throw locationFailure(16020, `Expression ${operator} takes exactly ${least} arguments. ${count} were passed in.`);
  }
  throw locationFailure(
    28667,
    `Expression ${operator} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
  );
};

/** All values, each checked in its turn; null as soon as one is nothing, whatever stands behind it. */
export const unlessNothing = <Checked>(
  values: readonly unknown[],
  check: (value: unknown) => Checked,
): Checked[] | null => {
  const checked: Checked[] = [];
  for (const value of values) {
    if (isNothing(value)) return null;
    checked.push(check(value));
  }
  return checked;
};

const argumentsOf = (operand: unknown): readonly unknown[] => (Array.isArray(operand) ? operand : [operand]);

/** An operator on a list of arguments; one alone needs no list around it. */
export const onList =
  (arity: Arity, run: (values: readonly unknown[], name: string) => unknown): Operator =>
  (operand, compile, name) => {
    const list = argumentsOf(operand).map((argument) => compile(argument));
    checkCount(name, arity, list.length);
    return (frame) =>
      run(
        list.map((compute) => compute(frame)),
        name,
      );
  };

export const onValue =
  (run: (value: unknown, name: string) => unknown): Operator =>
  (operand, compile, name) => {
    const list = argumentsOf(operand);
    checkCount(name, [1, 1], list.length);
    const compute = compile(list[0]);
    return (frame) => run(compute(frame), name);
  };

export const onPair =
  (run: (left: unknown, right: unknown, name: string) => unknown): Operator =>
  (operand, compile, name) => {
    const list = argumentsOf(operand);
    checkCount(name, [2, 2], list.length);
    const [left, right] = [compile(list[0]), compile(list[1])];
    return (frame) => run(left(frame), right(frame), name);
  };

/** The values of the only argument, when that is a list, or of all arguments. */
export const onValues = (run: (values: readonly unknown[], name: string) => unknown): Operator =>
  onList([0, Infinity], (values, name) => run(values.length === 1 ? argumentsOf(values[0]) : values, name));

/** The numbers by which the server knows what is wrong with the arguments of an operator, where it has any. */
interface Faults {
  readonly notAnObject?: number;
  readonly unknown?: number;
  readonly missing?: Readonly<Record<string, number>>;
}

interface Names {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly faults?: Faults;
}

const fault = (code: number | undefined, message: string): Error =>
  code === undefined ? failure('FailedToParse', message) : locationFailure(code, message);

/** Refuses an operand that is no document, lacks what is required, or says what nobody reads. */
export const checkNames = (
  operand: unknown,
  { required, optional = [], faults = {} }: Names,
  name: string,
): Document => {
  if (!isDocument(operand)) throw fault(faults.notAnObject, `${name} only supports an object as its argument`);
  const unknown = Object.keys(operand).find((key) => !required.includes(key) && !optional.includes(key));
  if (unknown !== undefined) throw fault(faults.unknown, `Unrecognized argument to ${name}: ${unknown}`);
  const missing = required.find((key) => !(key in operand));
  if (missing !== undefined) throw fault(faults.missing?.[missing], `Missing '${missing}' parameter to ${name}`);
  return operand;
};

/** Refuses what is not among the known names. */
export const checkKnown = (
  specification: Document,
  known: readonly string[],
  refusal: (name: string) => Error,
): void => {
  const unknown = Object.keys(specification).find((name) => !known.includes(name));
  if (unknown !== undefined) throw refusal(unknown);
};

/** An operator whose arguments have names; what is not given is not there. */
export const onNamed =
  (names: Names, run: (values: Document, name: string) => unknown): Operator =>
  (operand, compile, name) => {
    const parts = Object.entries(checkNames(operand, names, name)).map(
      ([key, expression]) => [key, compile(expression)] as const,
    );
    return (frame) => run(Object.fromEntries(parts.map(([key, compute]) => [key, compute(frame)])), name);
  };
