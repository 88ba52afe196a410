import { isDocument } from '../bson/decode.ts';

const ofDocument = /^\$(?!\$)|^\$\$(?:ROOT|CURRENT)(?:\.|$)/;
const literal = ['$literal', '$const'];

const someOperand = (expression: object, test: (operand: unknown) => boolean): boolean =>
  Object.entries(expression).some(([name, operand]) => !literal.includes(name) && test(operand));

/** Whether an expression looks at the document that it is computed for. */
export const readsDocument = (expression: unknown): boolean => {
  if (typeof expression === 'string') return ofDocument.test(expression);
  if (Array.isArray(expression)) return expression.some(readsDocument);
  return isDocument(expression) && someOperand(expression, readsDocument);
};

const isRandom = (expression: unknown): boolean => {
  if (Array.isArray(expression)) return expression.some(isRandom);
  return isDocument(expression) && ('$rand' in expression || someOperand(expression, isRandom));
};

/** Whether an expression is the same for all documents. */
export const isConstant = (expression: unknown): boolean => !readsDocument(expression) && !isRandom(expression);
