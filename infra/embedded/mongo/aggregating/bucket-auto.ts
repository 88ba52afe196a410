import { type Document, documentOf, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { compareValues } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { readAccumulation } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { isConstant } from './constants.ts';
import { checkNames, type Variables } from './operator.ts';
import { asInt } from './operators/numeric.ts';

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
    while (to < inOrder.length && compareValues(inOrder[to]!.value, inOrder[to - 1]!.value) === 0) to++;
    filledBuckets.push(inOrder.slice(from, to));
    from = to;
  }
  return filledBuckets;
};

const bucketsOf = (buckets: unknown): number => {
  const count = asInt(buckets);
  if (count === undefined)
    throw locationFailure(40241, "The $bucketAuto 'buckets' field must be representable as a 32-bit integer");
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

/** `$bucketAuto`: a group for each of so many spans, which are made to hold about as many documents each. */
export const bucketAuto = (
  specification: unknown,
  variables: Variables,
): ((documents: Iterable<Document>) => Document[]) => {
  const names = { required: ['groupBy', 'buckets'], optional: ['output', 'granularity'] };
  const options = checkNames(specification, names, '$bucketAuto');
  const { groupBy, output = { count: { $sum: 1 } }, granularity } = options;
  if (granularity !== undefined)
    throw failure('NotImplemented', 'a granularity in $bucketAuto is not supported by this server');
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
      .sort((left, right) => compareValues(left.value, right.value));
    return filled(inOrder, buckets).map((bucket, at, all) => {
      const max = all[at + 1]?.[0] ?? bucket.at(-1)!;
      return documentOf([['_id', { min: bucket[0]!.value, max: max.value }], ...gathered(bucket)]);
    });
  };
};
