import type { Document } from '../bson/decode.ts';
import { plainExpression } from './compile.ts';
import type { Variables } from './operator.ts';
import { toPlainDocument } from './plain.ts';

/** Compiles an aggregation expression into a function of a stored document; undefined stands for "no value". */
export const compileExpression = (
  expression: unknown,
  variables: Variables = {},
): ((document: Document) => unknown) => {
  const evaluate = plainExpression(expression, variables);
  return (document) => evaluate(toPlainDocument(document));
};
