import { type Document, isDocument } from '../bson/decode.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { orderKey, compareValues } from '../bson/order.ts';
import { collatedKey } from '../matching/collation-scope.ts';
import { failure, locationFailure } from '../errors.ts';
import { compute } from '../arithmetic/operations.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { plainExpression } from './compile.ts';
import { checkNames, isNothing } from './operator.ts';
import { fieldSetter } from './reshape.ts';
import { moved } from './window-bounds.ts';

type Run = (documents: Iterable<Document>) => Iterable<Document>;

interface Range {
  /** The value so many steps after another. */
  readonly after: (start: unknown, steps: number) => unknown;
  readonly bounds: 'full' | 'partition' | readonly [unknown, unknown];
}

/** Part of a month is no span of time. */
const checkStep: (step: unknown, unit: unknown) => asserts step is BsonNumber = (step, unit) => {
  if (!isNumber(step) || !(toNumber(step) > 0))
    throw locationFailure(5733401, 'The step parameter in a range statement must be a strictly positive numeric value');
  if (unit !== undefined && !Number.isInteger(toNumber(step)))
    throw locationFailure(
      6586400,
      'The step parameter in a range statement must be a whole number when densifying a date range',
    );
};

const isOneKind = (bounds: readonly unknown[]): boolean =>
  bounds.every(isNumber) || bounds.every((bound) => bound instanceof Date);

const rangeOf = (specification: unknown): Range => {
  const { step, unit, bounds } = checkNames(
    specification,
    { required: ['step', 'bounds'], optional: ['unit'] },
    '$densify range',
  );
  checkStep(step, unit);
  const isPair = Array.isArray(bounds) && bounds.length === 2;
  if (bounds !== 'full' && bounds !== 'partition' && !isPair)
    throw locationFailure(5946802, "Bounds must be 'full', 'partition', or an ascending array of two values");
  if (isPair && (!isOneKind(bounds) || compareValues(bounds[0], bounds[1]) > 0))
    throw locationFailure(5733402, 'A bounding array must be an ascending array of either two dates or two numbers');
  return {
    after: (start, steps) => moved(start, compute('multiply', step, steps), unit),
    bounds: bounds as Range['bounds'],
  };
};

interface Partition {
  readonly fields: Document;
  readonly documents: { readonly document: Document; readonly value: unknown }[];
}

const checkValue = (value: unknown): void => {
  if (isNumber(value) || value instanceof Date) return;
  throw locationFailure(5733201, 'PlanExecutor error: Densify field type must be numeric or a date');
};

interface Fields {
  readonly path: string;
  readonly partitionBy: readonly string[];
}

/** The partitions, each in the order of the field; what has no value is left aside. */
const partitioned = (documents: Iterable<Document>, { path, partitionBy }: Fields) => {
  const read = plainExpression(`$${path}`);
  const readers = partitionBy.map((name) => ({ read: plainExpression(`$${name}`), set: fieldSetter(name) }));
  const partitions = new Map<string, Partition>();
  const aside: Document[] = [];
  for (const document of documents) {
    const value = read(document);
    if (isNothing(value)) {
      aside.push(document);
      continue;
    }
    checkValue(value);
    const key = readers.map((reader) => collatedKey(reader.read(document))).join('');
    const fields = readers.reduce<Document>((made, reader) => reader.set(made, reader.read(document)), {});
    const partition = partitions.get(key) ?? { fields, documents: [] };
    partition.documents.push({ document, value });
    partitions.set(key, partition);
  }
  for (const partition of partitions.values())
    partition.documents.sort((left, right) => compareValues(left.value, right.value));
  return { aside, partitions: [...partitions.values()] };
};

interface Limits {
  readonly from: unknown;
  readonly to: unknown;
}

const most = 500_000;

/** The steps from one limit to before the other, or up to it where that is a document's own value. */
const stepsIn = ({ from, to }: Limits, { after, bounds }: Range): unknown[] => {
  const isWithin = (value: unknown): boolean =>
    Array.isArray(bounds) ? compareValues(value, to) < 0 : compareValues(value, to) <= 0;
  const steps: unknown[] = [];
  for (let value = after(from, 0); isWithin(value); value = after(from, steps.length)) {
    if (steps.push(value) > most)
      throw locationFailure(5897900, `Generated ${most} documents in $densify, which is over the limit`);
  }
  return steps;
};

function* merged({ documents, fields }: Partition, steps: readonly unknown[], set: Setter): Generator<Document> {
  const known = new Set(documents.map(({ value }) => orderKey(value)));
  const made = steps.filter((step) => !known.has(orderKey(step)));
  let at = 0;
  for (const { document, value } of documents) {
    while (at < made.length && compareValues(made[at], value) < 0) yield set(fields, made[at++]);
    yield document;
  }
  while (at < made.length) yield set(fields, made[at++]);
}

type Setter = (document: Document, value: unknown) => Document;

const limitsOf = ({ documents }: Partition): Limits => ({ from: documents[0]!.value, to: documents.at(-1)!.value });

const overall = (all: readonly Limits[]): Limits => ({
  from: all.map(({ from }) => from).reduce((least, value) => (compareValues(value, least) < 0 ? value : least)),
  to: all.map(({ to }) => to).reduce((greatest, value) => (compareValues(value, greatest) > 0 ? value : greatest)),
});

/** `$densify`: makes documents where a sequence of numbers or times has gaps. */
export const densify = (specification: unknown): Run => {
  const names = {
    required: ['field', 'range'],
    optional: ['partitionByFields'],
    faults: { unknown: 40415, missing: { field: 40414, range: 40414 } },
  };
  const { field: path, range, partitionByFields: partitionBy = [] } = checkNames(specification, names, '$densify');
  if (typeof path !== 'string' || path === '' || path.startsWith('$'))
    throw failure('FailedToParse', 'the field of $densify must be the name of a field');
  if (!Array.isArray(partitionBy)) throw failure('TypeMismatch', 'partitionByFields must be an array');
  if (!isDocument(range)) throw failure('TypeMismatch', 'range must be an object');
  const steps = rangeOf(range);
  const set = fieldSetter(path);
  return function* (documents) {
    const { aside, partitions } = partitioned(documents, { path, partitionBy: partitionBy.map(String) });
    yield* aside;
    const { bounds } = steps;
    const shared = bounds === 'full' && partitions.length > 0 ? overall(partitions.map(limitsOf)) : null;
    for (const partition of partitions) {
      const given = Array.isArray(bounds) ? { from: bounds[0] as unknown, to: bounds[1] as unknown } : shared;
      yield* merged(partition, stepsIn(given ?? limitsOf(partition), steps), set);
    }
  };
};
