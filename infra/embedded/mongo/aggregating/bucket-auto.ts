import { type Document, documentOf, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { collatedOrder } from '../matching/collation-scope.ts';
import { failure, locationFailure } from '../errors.ts';
import { readAccumulation } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkGrouping } from './bucket.ts';
import { isConstant } from './constants.ts';
import { checkNames, type Variables } from './operator.ts';
import { asInt } from './operators/numeric.ts';
import { isNumber } from '../numbers.ts';

interface Valued {
  readonly document: Document;
  readonly value: unknown;
}

/** Buckets of about the same size; equal values stay together, and the last one takes what is left. */
const filled = (inOrder: readonly Valued[], buckets: number): Valued[][] => {
  const size = Math.max(1, Math.round(inOrder.length / buckets));
  const filledBuckets: Valued[][] = [];
  for (let from = 0; from < inOrder.length;) {
    let to = filledBuckets.length === buckets - 1 ? inOrder.length : Math.min(from + size, inOrder.length);
    while (to < inOrder.length && collatedOrder(inOrder[to]!.value, inOrder[to - 1]!.value) === 0) to++;
    filledBuckets.push(inOrder.slice(from, to));
    from = to;
  }
  return filledBuckets;
};

const bucketsOf = (buckets: unknown): number => {
  if (!isNumber(buckets)) throw locationFailure(40241, "The $bucketAuto 'buckets' field must be a numeric value");
  const count = asInt(buckets);
  if (count === undefined)
    throw locationFailure(40242, "The $bucketAuto 'buckets' field must be representable as a 32-bit integer");
  if (count > 0) return count;
  throw locationFailure(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}`);
};

/** There is no key before there are buckets. */
const checkKeys = (output: Document): void => {
  for (const call of Object.values(output)) {
    const [operand] = isDocument(call) ? Object.values(call) : [];
    if (isDocument(operand) && 'n' in operand && !isConstant(operand.n))
      throw locationFailure(4544714, "Can't refer to the group key in $bucketAuto");
  }
};

const names = {
  required: ['groupBy', 'buckets'],
  optional: ['output', 'granularity'],
  faults: { notAnObject: 40240, unknown: 40245, missing: { groupBy: 40246, buckets: 40246 } },
};

const granularities = [
  ...['R5', 'R10', 'R20', 'R40', 'R80', '1-2-5', 'E6', 'E12', 'E24', 'E48', 'E96', 'E192', 'POWERSOF2'],
];

const refuseGranularity = (granularity: unknown): never => {
  if (typeof granularity !== 'string')
    throw locationFailure(40261, "The $bucketAuto 'granularity' field must be a string");
  if (!granularities.includes(granularity))
    throw locationFailure(40257, `Unknown rounding granularity '${granularity}'`);
  throw failure('NotImplemented', 'a granularity in $bucketAuto is not supported by this server');
};

/** `$bucketAuto`: a group for each of so many spans, which are made to hold about as many documents each. */
export const bucketAuto = (
  specification: unknown,
  variables: Variables,
): ((documents: Iterable<Document>) => Document[]) => {
  const options = checkNames(specification, names, '$bucketAuto');
  const { groupBy, output = { count: { $sum: 1 } }, granularity } = options;
  checkGrouping(groupBy, [40239, '$bucketAuto']);
  if (granularity !== undefined) refuseGranularity(granularity);
  if (!isDocument(output)) throw locationFailure(40244, "The $bucketAuto 'output' field must be an object");
  const buckets = bucketsOf(options.buckets);
  const evaluate = plainExpression(groupBy, variables);
  checkKeys(output);
  const makers = fieldEntries(output).map(
    ([name, accumulator]) => [name, readAccumulation(name, accumulator, variables)] as const,
  );
  const gathered = (bucket: readonly Valued[]): [string, unknown][] =>
    makers.map(([name, make]) => {
      const accumulation = make();
      for (const { document } of bucket) accumulation.add(document);
      return [name, accumulation.result()];
    });
  return (documents) => {
    const inOrder = [...documents]
      .map((document) => ({ document, value: evaluate(document) ?? null }))
      .sort((left, right) => collatedOrder(left.value, right.value));
    return filled(inOrder, buckets).map((bucket, at, all) => {
      const max = all[at + 1]?.[0] ?? bucket.at(-1)!;
      return documentOf([['_id', { min: bucket[0]!.value, max: max.value }], ...gathered(bucket)]);
    });
  };
};
