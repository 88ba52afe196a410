import { isDocument } from '../bson/decode.ts';

const ofDocument = /^\$(?!\$)|^\$\$(?:ROOT|CURRENT)(?:\.|$)/;
const literal = ['$literal', '$const'];

/** Whether an expression is the same for all documents. */
export const isConstant = (expression: unknown): boolean => {
  if (typeof expression === 'string') return !ofDocument.test(expression);
  if (Array.isArray(expression)) return expression.every(isConstant);
  if (!isDocument(expression)) return true;
  return Object.entries(expression).every(
    ([name, operand]) => literal.includes(name) || (name !== '$rand' && isConstant(operand)),
  );
};
