import { type Document, documentOf, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { collatedOrder } from '../matching/collation-scope.ts';
import { locationFailure } from '../errors.ts';
import { readAccumulation } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkGrouping } from './bucket.ts';
import { isConstant } from './constants.ts';
import { checkNames, type Variables } from './operator.ts';
import { asInt } from './operators/numeric.ts';
import { type Granularity, readGranularity } from './granularity.ts';
import { isNumber, isZero } from '../numbers.ts';

interface Valued {
  readonly document: Document;
  readonly value: unknown;
}

interface Bucket {
  readonly documents: readonly Valued[];
  readonly min: unknown;
  readonly max: unknown;
}

/** Buckets of about the same size; what belongs together stays together, and the last one takes what is left. */
const parted = (
  inOrder: readonly Valued[],
  buckets: number,
  belongsWith: (last: unknown) => (next: unknown) => boolean,
): Valued[][] => {
  const size = Math.max(1, Math.round(inOrder.length / buckets));
  const parts: Valued[][] = [];
  for (let from = 0; from < inOrder.length;) {
    let to = parts.length === buckets - 1 ? inOrder.length : Math.min(from + size, inOrder.length);
    const belongs = belongsWith(inOrder[to - 1]!.value);
    while (to < inOrder.length && belongs(inOrder[to]!.value)) to++;
    parts.push(inOrder.slice(from, to));
    from = to;
  }
  return parts;
};

/** From their first values on, up to that of the next. */
const plainBuckets = (inOrder: readonly Valued[], buckets: number): Bucket[] =>
  parted(inOrder, buckets, (last) => (next) => collatedOrder(next, last) === 0).map((documents, at, all) => ({
    documents,
    min: documents[0]!.value,
    max: (all[at + 1]?.[0] ?? documents.at(-1)!).value,
  }));

/** From one preferred number to another; only zero has none above it, and goes up to that below the next value. */
const roundedBuckets = (inOrder: readonly Valued[], buckets: number, { up, down }: Granularity): Bucket[] => {
  const parts = parted(inOrder, buckets, (last) => {
    const boundary = up(last);
    return (next) => collatedOrder(next, boundary) < 0;
  });
  let min: unknown = parts[0] && down(parts[0][0]!.value);
  return parts.map((documents, at) => {
    const boundary = up(documents.at(-1)!.value);
    const next = parts[at + 1]?.[0];
    const bucket = { documents, min, max: isZero(boundary) && next ? down(next.value) : boundary };
    min = bucket.max;
    return bucket;
  });
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

/** `$bucketAuto`: a group for each of so many spans, which are made to hold about as many documents each. */
export const bucketAuto = (
  specification: unknown,
  variables: Variables,
): ((documents: Iterable<Document>) => Document[]) => {
  const options = checkNames(specification, names, '$bucketAuto');
  const { groupBy, output = { count: { $sum: 1 } } } = options;
  checkGrouping(groupBy, [40239, '$bucketAuto']);
  const granularity = readGranularity(options.granularity);
  if (!isDocument(output)) throw locationFailure(40244, "The $bucketAuto 'output' field must be an object");
  const buckets = bucketsOf(options.buckets);
  const evaluate = plainExpression(groupBy, variables);
  checkKeys(output);
  const makers = fieldEntries(output).map(
    ([name, accumulator]) => [name, readAccumulation(name, accumulator, variables)] as const,
  );
  const gathered = ({ documents, min, max }: Bucket): Document =>
    documentOf([
      ['_id', { min, max }],
      ...makers.map(([name, make]): [string, unknown] => {
        const accumulation = make();
        for (const { document } of documents) accumulation.add(document);
        return [name, accumulation.result()];
      }),
    ]);
  return (documents) => {
    const inOrder = [...documents]
      .map((document) => ({ document, value: evaluate(document) ?? null }))
      .sort((left, right) => collatedOrder(left.value, right.value));
    const filled = granularity ? roundedBuckets(inOrder, buckets, granularity) : plainBuckets(inOrder, buckets);
    return filled.map(gathered);
  };
};
