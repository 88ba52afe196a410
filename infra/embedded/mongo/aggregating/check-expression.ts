import { type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';

/** Variables that are there without anybody's doing. */
const systemVariables = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW', 'DESCEND', 'PRUNE', 'KEEP']);

/** What `$map` and its kin call their variables, in which of their parts. */
const binders: Readonly<Record<string, (operand: Document) => { part: string; names: readonly string[] }>> = {
  $let: ({ vars }) => ({ part: 'in', names: isDocument(vars) ? Object.keys(vars) : [] }),
  $map: ({ as }) => ({ part: 'in', names: [String(as ?? 'this')] }),
  $filter: ({ as }) => ({ part: 'cond', names: [String(as ?? 'this')] }),
  $reduce: () => ({ part: 'in', names: ['this', 'value'] }),
};

const checkText = (text: string, variables: ReadonlySet<string>): void => {
  if (text === '$') throw locationFailure(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) return;
  const [name = ''] = text.slice(2).split('.');
  if (name === '') throw locationFailure(16870, 'empty variable names are not allowed');
  if (!systemVariables.has(name) && !variables.has(name)) {
    throw locationFailure(17276, `Use of undefined variable: ${name}`);
  }
};

/**
 * Refuses, before anything is computed, an expression with an operator or a variable that is not known. The operators
 * are handed in, since they are a matter of who computes.
 */
export const expressionCheck = (isOperator: (name: string) => boolean) => {
  const check = (expression: unknown, variables: ReadonlySet<string>): void => {
    if (typeof expression === 'string') checkText(expression, variables);
    else if (Array.isArray(expression)) for (const element of expression) check(element, variables);
    else if (isDocument(expression)) checkDocument(expression, variables);
  };

  const checkDocument = (expression: Document, variables: ReadonlySet<string>): void => {
    const names = Object.keys(expression);
    const [operator = ''] = names;
    if (!operator.startsWith('$')) {
      for (const name of names) check(expression[name], variables);
      return;
    }
    if (names.length > 1) {
      throw locationFailure(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields`,
      );
    }
    if (!isOperator(operator)) throw failure('InvalidPipelineOperator', `Unrecognized expression '${operator}'`);
    if (operator !== '$literal') checkOperand(operator, expression[operator], variables);
  };

  const checkOperand = (operator: string, operand: unknown, variables: ReadonlySet<string>): void => {
    if (!isDocument(operand) || !Object.hasOwn(binders, operator)) return check(operand, variables);
    const { part, names } = binders[operator]!(operand);
    for (const [name, value] of Object.entries(operand)) {
      check(value, name === part ? new Set([...variables, ...names]) : variables);
    }
  };

  return check;
};
