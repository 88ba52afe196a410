import { type Document, getOwn, isDocument, setOwn } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { failure, locationFailure } from '../errors.ts';
import { checkRead, type Compile, type Computation, type Frame, type Variables } from './operator.ts';
import { operators } from './operators/table.ts';
import { alongPath } from './paths.ts';
import { toPlain } from './plain.ts';

/** The further variables count for this one document. */
export type Evaluate = (document: Document, further?: Variables) => unknown;

const systemVariables: Readonly<Record<string, (frame: Frame) => unknown>> = {
  ROOT: ({ root }) => root,
  CURRENT: ({ root }) => root,
  REMOVE: () => undefined,
  DESCEND: () => '$$DESCEND',
  PRUNE: () => '$$PRUNE',
  KEEP: () => '$$KEEP',
  USER_ROLES: () => [],
  SEARCH_META: () => undefined,
  CLUSTER_TIME: () => {
    throw locationFailure(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
  },
};

const variable = (name: string, bound: ReadonlySet<string>): Computation => {
  checkRead(name);
  if (bound.has(name)) return ({ variables }) => variables[name];
  const system = Object.hasOwn(systemVariables, name) ? systemVariables[name] : undefined;
  if (system) return system;
  throw locationFailure(17276, `Use of undefined variable: ${name}`);
};

const path = (text: string, bound: ReadonlySet<string>): Computation => {
  if (text === '$') throw locationFailure(16872, "'$' by itself is not a valid FieldPath");
  const isOfVariable = text.startsWith('$$');
  const names = text.slice(isOfVariable ? 2 : 1).split('.');
  const [first = '', ...rest] = names;
  const start = isOfVariable ? variable(first, bound) : ofCurrent(first, bound);
  if (names.at(-1) === '') throw locationFailure(40353, "FieldPath must not end with a '.'.");
  if (names.includes('')) throw locationFailure(15998, 'FieldPath field names may not be empty strings.');
  return rest.length === 0 ? start : (frame) => alongPath(start(frame), rest, 0);
};

/** Paths start from the document itself, unless an operator around has them start elsewhere. */
const ofCurrent = (name: string, bound: ReadonlySet<string>): Computation =>
  bound.has('CURRENT') ? ({ variables }) => alongPath(variables.CURRENT, [name], 0) : ({ root }) => getOwn(root, name);

const list = (elements: readonly Computation[]): Computation => {
  return (frame) => elements.map((compute) => compute(frame) ?? null);
};

/** Refuses what no field of a computed document may be called. */
export const checkName = (name: string): void => {
  if (name.startsWith('$')) {
    throw locationFailure(
      16410,
      `FieldPath field names may not start with '$', given '${name}'. Consider using $getField or $setField.`,
    );
  }
  if (name.includes('.')) throw locationFailure(16412, `FieldPath field names may not contain '.', given '${name}'.`);
};

const object = (expression: Document, compile: Compile): Computation => {
  Object.keys(expression).forEach(checkName);
  const fields = fieldEntries(expression).map(([name, inner]) => [name, compile(inner)] as const);
  return (frame) => {
    const document: Document = {};
    for (const [name, compute] of fields) {
      const value = compute(frame);
      if (value !== undefined) setOwn(document, name, value);
    }
    return document;
  };
};

const operation = (expression: Document, compile: Compile): Computation => {
  const [name = '', ...others] = Object.keys(expression);
  if (others.length > 0) {
    throw locationFailure(
      15983,
      `an expression specification must contain exactly one field, the name of the expression. Found ${others.length + 1} fields`,
    );
  }
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) throw failure('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return operator(expression[name], compile, name);
};

const compileWith = (bound: ReadonlySet<string>): Compile => {
  const compile: Compile = (expression, further = []) => {
    if (further.length > 0) return compileWith(new Set([...bound, ...further]))(expression);
    if (typeof expression === 'string' && expression.startsWith('$')) return path(expression, bound);
    if (Array.isArray(expression)) return list(expression.map((element) => compile(element)));
    if (!isDocument(expression)) return () => expression;
    return Object.keys(expression)[0]?.startsWith('$') ? operation(expression, compile) : object(expression, compile);
  };
  return compile;
};

/**
 * Compiles an expression over plain values once; undefined stands for "no value". Refuses, before anything is computed,
 * an operator or a variable that is not known.
 */
export const plainExpression = (expression: unknown, variables: Variables = {}): Evaluate => {
  const compute = compileWith(new Set(Object.keys(variables)))(toPlain(expression));
  return (document, further) =>
    compute({ root: document, variables: further ? { ...variables, ...further } : variables });
};
