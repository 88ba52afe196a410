import { DecodedFields, type Document, isDocument } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';
import { parseSort, sortBy } from '../querying/sort.ts';
import { shellText } from '../storage/shell-text.ts';
import type { NewAccumulation } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkKnown, type Variables } from './operator.ts';
import { countOf } from './operators/gathering.ts';

const checkParts = (operand: Document, isMany: boolean): void => {
  const missing = (code: number, name: string): Error => locationFailure(code, `Missing value for '${name}'`);
  const { sortBy: order } = operand;
  if (order !== undefined && !isDocument(order))
    throw locationFailure(10065, `invalid parameter: expected an object (sortBy)`);
  if (isMany && !('n' in operand)) throw missing(5788003, 'n');
  if (!('output' in operand)) throw missing(5788004, 'output');
  if (order === undefined) throw missing(5788005, 'sortBy');
  if (Object.keys(order).length === 0) throw locationFailure(9657900, "Value for 'sortBy' must be a non-empty object");
};

/** `$top` and its kin: of a group, the values of what comes first, or last, in an order. */
export const topAccumulation = (operator: string, operand: unknown, variables: Variables): NewAccumulation => {
  if (!isDocument(operand))
    throw locationFailure(5788001, `specification must be an object; found ${operator}: ${shellText(operand)}`);
  const isMany = operator.endsWith('N');
  checkKnown(operand, ['sortBy', 'output', ...(isMany ? ['n'] : [])], (name) =>
    locationFailure(5788002, `Unknown argument to ${operator} '${name}'`),
  );
  checkParts(operand, isMany);
  const order = parseSort(operand.sortBy);
  const output = plainExpression(operand.output, variables);
  const countIn = plainExpression(isMany ? operand.n : 1, variables);
  return (key = {}) => {
    const count = countOf(countIn(key));
    const documents: Document[] = [];
    return {
      add: (document) => documents.push(document),
      result: () => {
        const sorted = sortBy(documents, order, (document) => new DecodedFields(document));
        const taken = operator.startsWith('$top') ? sorted.slice(0, count) : sorted.slice(-count);
        const values = taken.map((document) => output(document) ?? null);
        return isMany ? values : values[0];
      },
    };
  };
};
