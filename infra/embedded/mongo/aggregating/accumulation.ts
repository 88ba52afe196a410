import { type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { accumulators, countedAccumulators, type NewAccumulator, percentiles } from './accumulators.ts';
import { type Evaluate, plainExpression } from './compile.ts';
import { checkNames, type Variables } from './operator.ts';
import {
  checkMethod,
  countedArguments,
  countOf,
  medianNames,
  percentileNames,
  sharesOf,
} from './operators/gathering.ts';
import { topAccumulation } from './top.ts';

/** Takes in one document after the other; what it has become is asked for at the end. */
export interface Accumulation {
  add(document: Document): void;
  result(): unknown;
}
/** The key of a group, where it is a document, may say how much of the group is wanted. */
export type NewAccumulation = (key?: Document) => Accumulation;

type Reader = (operand: unknown, variables: Variables, name: string) => NewAccumulation;

const onEach =
  (make: NewAccumulator, evaluate: Evaluate): NewAccumulation =>
  () => {
    const accumulator = make();
    return { add: (document) => accumulator.add(evaluate(document)), result: () => accumulator.result() };
  };

const single =
  (make: NewAccumulator): Reader =>
  (operand, variables, name) => {
    const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    if (list.length !== 1) throw locationFailure(40237, `The ${name} accumulator is a unary operator`);
    return onEach(make, plainExpression(list[0], variables));
  };

const count: Reader = (operand, variables, name) => {
  if (!isDocument(operand) || Object.keys(operand).length > 0)
    throw failure('TypeMismatch', `${name} takes no arguments, i.e. ${name}:{}`);
  return onEach(accumulators.$sum!, plainExpression(1, variables));
};

/** What says how, and not of what, is the same for all documents. */
const constant = (expression: unknown, variables: Variables): unknown => plainExpression(expression, variables)({});

const counted =
  (make: (count: number) => NewAccumulator): Reader =>
  (operand, variables, name) => {
    const { input, n } = countedArguments(operand, name);
    const [count, evaluate] = [plainExpression(n, variables), plainExpression(input, variables)];
    return (key = {}) => onEach(make(countOf(count(key))), evaluate)();
  };

const percentile: Reader = (operand, variables, name) => {
  const options = checkNames(operand, percentileNames, name);
  checkMethod(options);
  return onEach(percentiles(sharesOf(constant(options.p, variables))), plainExpression(options.input, variables));
};

const median: Reader = (operand, variables, name) => {
  const options = checkNames(operand, medianNames, name);
  checkMethod(options);
  const all = onEach(percentiles([0.5]), plainExpression(options.input, variables));
  return () => {
    const { add, result } = all();
    return { add, result: () => (result() as unknown[])[0] };
  };
};

const each = <Value>(table: Readonly<Record<string, Value>>, read: (value: Value) => Reader): Record<string, Reader> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, read(value)]));

const top: Reader = (operand, variables, name) => topAccumulation(name, operand, variables);

const lacking: Reader = (_operand, _variables, name) => {
  throw failure('NotImplemented', `${name} is not supported by this server, which runs no JavaScript`);
};

const readers: Readonly<Record<string, Reader>> = {
  ...each(accumulators, single),
  ...each(countedAccumulators, counted),
  ...Object.fromEntries(['$top', '$topN', '$bottom', '$bottomN'].map((name) => [name, top])),
  $accumulator: lacking,
  $count: count,
  $percentile: percentile,
  $median: median,
};

export const isAccumulator = (name: string): boolean => Object.hasOwn(readers, name);

/** Reads `{ $sum: … }`. */
export const readAccumulator = (accumulator: Document, variables: Variables): NewAccumulation => {
  const [[name, operand] = ['', null]] = Object.entries(accumulator);
  if (!isAccumulator(name)) throw locationFailure(15952, `unknown group operator '${name}'`);
  return readers[name]!(operand, variables, name);
};

/** The same, which makes the value of a field. */
export const readAccumulation = (field: string, accumulator: unknown, variables: Variables): NewAccumulation => {
  if (field.includes('.')) throw locationFailure(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) throw locationFailure(40236, `The field name '${field}' cannot be an operator name`);
  const names = isDocument(accumulator) ? Object.keys(accumulator) : [];
  if (names.length === 0) throw locationFailure(40234, `The field '${field}' must be an accumulator object`);
  if (names.length > 1) throw locationFailure(40238, `The field '${field}' must specify one accumulator`);
  return readAccumulator(accumulator as Document, variables);
};
