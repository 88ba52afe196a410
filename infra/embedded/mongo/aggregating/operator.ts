import { evalExpr } from 'mingo/core';

/** An operator as the library calls it: on a document, with its operand not yet computed. */
export type Operator = (object: unknown, expression: unknown, options: unknown) => unknown;

export const evaluate = (object: unknown, expression: unknown, options: unknown): unknown =>
  evalExpr(object as never, expression as never, options as never);

/** An operator on the value of its operand. */
export const onValue =
  (run: (value: unknown) => unknown): Operator =>
  (object, expression, options) =>
    run(evaluate(object, expression, options));

/** An operator on a list of arguments. */
export const onList = (run: (values: readonly unknown[]) => unknown): Operator =>
  onValue((value) => run(Array.isArray(value) ? value : [value]));

export const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;
