import { DecodedFields, type Document, isDocument } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';
import { parseSort, sortBy } from '../querying/sort.ts';
import type { Accumulation } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkKnown, type Variables } from './operator.ts';
import { countOf } from './operators/gathering.ts';

/** `$top` and its kin: of a group, the values of what comes first, or last, in an order. */
export const topAccumulation = (operator: string, operand: unknown, variables: Variables): (() => Accumulation) => {
  if (!isDocument(operand) || !('sortBy' in operand) || !('output' in operand)) {
    throw locationFailure(5788001, `Specification for ${operator} must be an object with 'sortBy' and 'output'`);
  }
  const isMany = operator.endsWith('N');
  checkKnown(operand, ['sortBy', 'output', ...(isMany ? ['n'] : [])], (name) =>
    locationFailure(5788002, `Unknown argument to ${operator} '${name}'`),
  );
  const order = parseSort(operand.sortBy);
  const output = plainExpression(operand.output, variables);
  const count = isMany ? countOf(plainExpression(operand.n, variables)({})) : 1;
  return () => {
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
