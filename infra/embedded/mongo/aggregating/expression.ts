import type { Document } from '../bson/decode.ts';
import { plainExpression, type Variables } from './context.ts';
import { fromPlain, toPlainDocument, toPlainExpression } from './plain.ts';

/** Compiles an aggregation expression into a function of a stored document; undefined stands for "no value". */
export const compileExpression = (
  expression: unknown,
  variables: Variables = {},
): ((document: Document) => unknown) => {
  const evaluate = plainExpression(toPlainExpression(expression), variables);
  return (document) => fromPlain(evaluate(toPlainDocument(document)));
};
