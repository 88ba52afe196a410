import { type Document, isDocument } from '../bson/decode.ts';
import { compareValues } from '../bson/order.ts';
import { locationFailure } from '../errors.ts';
import { plainExpression } from './compile.ts';
import { groupBy } from './group.ts';
import type { Variables } from './operator.ts';
import { toPlain } from './plain.ts';

/** `$bucket`: a group for each span between two boundaries, the lower one included, and one for what is outside. */
export const bucket = (
  specification: unknown,
  variables: Variables,
): ((documents: Iterable<Document>) => Document[]) => {
  const plain = toPlain(specification);
  if (!isDocument(plain)) throw locationFailure(40201, 'Argument to $bucket stage must be an object');
  const { groupBy: expression, boundaries, default: other, output = { count: { $sum: 1 } } } = plain;
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw locationFailure(40192, "The $bucket 'boundaries' field must have at least 2 values");
  }
  if (boundaries.some((value, at) => at > 0 && compareValues(boundaries[at - 1], value) >= 0)) {
    throw locationFailure(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  const evaluate = plainExpression(expression, variables);
  const idOf = (document: Document): unknown => {
    const value = evaluate(document);
    const after = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
    if (after > 0) return boundaries[after - 1];
    if (other !== undefined) return other;
    throw locationFailure(
      7158300,
      '$bucket could not find a matching branch for an input, and no default was specified.',
    );
  };
  const group = groupBy(idOf, isDocument(output) ? output : {}, variables);
  return (documents) => group(documents).sort((left, right) => compareValues(left._id, right._id));
};
