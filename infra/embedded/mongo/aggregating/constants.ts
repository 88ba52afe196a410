import { isDocument } from '../bson/decode.ts';

const ofDocument = /^\$(?!\$)|^\$\$(?:ROOT|CURRENT)(?:\.|$)/;
const literal = ['$literal', '$const'];

const someOperand = (expression: object, test: (operand: unknown) => boolean): boolean =>
  Object.entries(expression).some(([name, operand]) => !literal.includes(name) && test(operand));

const reads = (what: RegExp, expression: unknown): boolean => {
  if (typeof expression === 'string') return what.test(expression);
  if (Array.isArray(expression)) return expression.some((part) => reads(what, part));
  return isDocument(expression) && someOperand(expression, (operand) => reads(what, operand));
};

/** Whether an expression looks at the document that it is computed for. */
export const readsDocument = (expression: unknown): boolean => reads(ofDocument, expression);

const isRandom = (expression: unknown): boolean => {
  if (Array.isArray(expression)) return expression.some(isRandom);
  return isDocument(expression) && ('$rand' in expression || someOperand(expression, isRandom));
};

/** Whether an expression is the same for all documents. */
export const isConstant = (expression: unknown): boolean => !readsDocument(expression) && !isRandom(expression);

/** Whether it is the same wherever it stands, too: it reads nothing at all. */
export const isFixed = (expression: unknown): boolean => isConstant(expression) && !reads(/^\$/, expression);
