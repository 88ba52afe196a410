import { Context, evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as windows from 'mingo/operators/window';
import * as queries from 'mingo/operators/query';
import * as projections from 'mingo/operators/projection';
import { MingoError } from 'mingo/util';
import { failure } from '../errors.ts';
import { expressionCheck } from './check-expression.ts';
import { overrides } from './expression-overrides.ts';
import type { Document } from '../bson/decode.ts';

/** mingo's operators, with those replaced whose order, equality or arithmetic is not the server's. */
export const context = Context.init({
  accumulator: accumulators as never,
  expression: { ...expressions, ...overrides } as never,
  pipeline: stages as never,
  projection: projections as never,
  query: queries as never,
  window: windows as never,
});

/** What the library refuses, the server refuses. */
export const refusing = <Result>(run: () => Result): Result => {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof MingoError) throw failure('InvalidPipelineOperator', cause.message);
    throw cause;
  }
};

export type Variables = Readonly<Record<string, unknown>>;
export type Evaluate = (document: Document) => unknown;

/** Accumulators that also compute over the elements of a list. */
const alsoExpressions = new Set([
  ...['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp', '$first', '$last', '$mergeObjects'],
  ...['$firstN', '$lastN', '$minN', '$maxN', '$median', '$percentile'],
]);

/** JavaScript is not run here. */
const notRun = new Set(['$function', '$accumulator']);

const check = expressionCheck(
  (name) =>
    !notRun.has(name) &&
    (Object.hasOwn(expressions, name) || Object.hasOwn(overrides, name) || alsoExpressions.has(name)),
);

/** Refuses an expression that could not be computed, or that names a variable which is not there. */
export const checkExpression = (expression: unknown, variables: Variables): void =>
  check(expression, new Set(Object.keys(variables)));

const fieldPath = /^\$[^$.][^.]*$/;

/** Compiles an expression over plain values; undefined stands for "no value". */
export const plainExpression = (expression: unknown, variables: Variables = {}): Evaluate => {
  if (typeof expression === 'string' && fieldPath.test(expression)) {
    const name = expression.slice(1);
    return (document) => (Object.hasOwn(document, name) ? document[name] : undefined);
  }
  if (typeof expression === 'number') return () => expression;
  checkExpression(expression, variables);
  const options = { context, variables } as never;
  return (document) => refusing(() => evalExpr(document, expression as never, options));
};
