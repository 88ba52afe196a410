import { Context, evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as windows from 'mingo/operators/window';
import * as queries from 'mingo/operators/query';
import * as projections from 'mingo/operators/projection';
import { expressionCheck } from './check-expression.ts';
import { overrides } from './expression-overrides.ts';
import { normalForm } from './operands.ts';
import { refusing } from './refusals.ts';
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

export type Variables = Readonly<Record<string, unknown>>;
export type Evaluate = (document: Document) => unknown;

/** Accumulators that also compute over the elements of a list. */
const alsoExpressions = new Set([
  ...['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp', '$first', '$last', '$mergeObjects'],
  ...['$firstN', '$lastN', '$minN', '$maxN', '$median', '$percentile'],
]);

/** JavaScript is not run here, and a path is written as one. */
const notKnown = new Set(['$function', '$accumulator', '$fieldPath']);

const check = expressionCheck(
  (name) =>
    !notKnown.has(name) &&
    (Object.hasOwn(expressions, name) || Object.hasOwn(overrides, name) || alsoExpressions.has(name)),
);

/** An expression ready to be computed. Refuses what could not be, or names a variable which is not there. */
export const readExpression = (expression: unknown, variables: Variables): unknown => {
  check(expression, new Set(Object.keys(variables)));
  return normalForm(expression);
};

const fieldPath = /^\$[^$.][^.]*$/;

/** Compiles an expression over plain values; undefined stands for "no value". */
export const plainExpression = (expression: unknown, variables: Variables = {}): Evaluate => {
  if (typeof expression === 'string' && fieldPath.test(expression)) {
    const name = expression.slice(1);
    return (document) => (Object.hasOwn(document, name) ? document[name] : undefined);
  }
  if (typeof expression === 'number') return () => expression;
  const normal = readExpression(expression, variables) as never;
  const options = { context, variables } as never;
  return (document) => refusing(() => evalExpr(document, normal, options));
};
