import { type Document, isDocument } from '../bson/decode.ts';
import { rankOf } from '../bson/order.ts';
import { collatedOrder } from '../matching/collation-scope.ts';
import { locationFailure } from '../errors.ts';
import { plainExpression } from './compile.ts';
import { isConstant } from './constants.ts';
import { groupBy } from './group.ts';
import { checkKnown, type Variables } from './operator.ts';
import { toPlain } from './plain.ts';

interface Buckets {
  readonly groupBy: unknown;
  readonly boundaries: readonly unknown[];
  readonly other: unknown;
  readonly output: Document;
}

const checkBoundaries = (given: unknown): readonly unknown[] => {
  if (Array.isArray(given) && !given.every(isConstant))
    throw locationFailure(40191, "The $bucket 'boundaries' field must be an array of constant values");
  const boundaries = plainExpression(given)({});
  if (!Array.isArray(boundaries))
    throw locationFailure(40200, "The $bucket 'boundaries' field must evaluate to an array");
  if (boundaries.length < 2) throw locationFailure(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (const [at, value] of boundaries.slice(1).entries()) {
    if (rankOf(value) !== rankOf(boundaries[0]))
      throw locationFailure(40193, "All values in the the 'boundaries' option to $bucket must have the same type");
    if (collatedOrder(boundaries[at], value) >= 0)
      throw locationFailure(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  return boundaries;
};

const otherOf = (elsewhere: unknown, boundaries: readonly unknown[]): unknown => {
  if (!isConstant(elsewhere)) throw locationFailure(40195, "The $bucket 'default' field must be a constant");
  const other = plainExpression(elsewhere)({});
  const isInside = collatedOrder(other, boundaries[0]) >= 0 && collatedOrder(other, boundaries.at(-1)) < 0;
  if (other === undefined || !isInside) return other;
  throw locationFailure(
    40199,
    "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
  );
};

export const checkGrouping = (expression: unknown, [code, stage]: readonly [number, string]): void => {
  if (isDocument(expression) || (typeof expression === 'string' && expression.startsWith('$'))) return;
  throw locationFailure(
    code,
    `The ${stage} 'groupBy' field must be defined as a $-prefixed path or an expression object`,
  );
};

const readBuckets = (specification: unknown): Buckets => {
  if (!isDocument(specification)) throw locationFailure(40201, 'Argument to $bucket stage must be an object');
  checkKnown(specification, ['groupBy', 'boundaries', 'default', 'output'], (name) =>
    locationFailure(40197, `Unrecognized option to $bucket: ${name}.`),
  );
  const { groupBy, boundaries: given, default: elsewhere, output = { count: { $sum: 1 } } } = specification;
  if (groupBy === undefined || given === undefined)
    throw locationFailure(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  checkGrouping(groupBy, [40202, '$bucket']);
  const boundaries = checkBoundaries(given);
  const other = otherOf(elsewhere, boundaries);
  if (!isDocument(output)) throw locationFailure(40196, "The $bucket 'output' field must be an object");
  return { groupBy, boundaries, other, output };
};

/** `$bucket`: a group for each span between two boundaries, the lower one included, and one for what is outside. */
export const bucket = (
  specification: unknown,
  variables: Variables,
): ((documents: Iterable<Document>) => Document[]) => {
  const { groupBy: expression, boundaries, other, output } = readBuckets(toPlain(specification));
  const evaluate = plainExpression(expression, variables);
  const idOf = (document: Document): unknown => {
    const value = evaluate(document);
    const after = boundaries.findIndex((boundary) => collatedOrder(value, boundary) < 0);
    if (after > 0) return boundaries[after - 1];
    if (other !== undefined) return other;
    throw locationFailure(
      7158300,
      '$bucket could not find a matching branch for an input, and no default was specified.',
    );
  };
  const group = groupBy(idOf, output, variables);
  return (documents) => group(documents).sort((left, right) => collatedOrder(left._id, right._id));
};
