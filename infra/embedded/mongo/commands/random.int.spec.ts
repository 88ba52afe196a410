import fc from 'fast-check';
import { type Collection, ObjectId } from 'mongodb';
import { type Any, useMongo } from '../fixture.ts';

/** Few values, so that they meet; of many types, so that their order matters. */
const scalar = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom('', 'a', 'ab', '\0') },
  { weight: 1, arbitrary: fc.constantFrom(0.5, Number.NaN, -1) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, new Date(0), new ObjectId('0123456789abcdef01234567')) },
);
const value = fc.oneof(
  { weight: 7, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ c: scalar }, { requiredKeys: [] }) },
);
const document = fc.record({ a: value, b: value, n: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: ['n'] });

const comparison = fc.oneof(
  value.map((operand) => ({ $eq: operand })),
  scalar.map((operand) => ({ $gt: operand })),
  scalar.map((operand) => ({ $lte: operand })),
  fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(scalar, { maxLength: 3 }).map((operands) => ({ $in: operands })),
  scalar.map((operand) => ({ $ne: operand })),
  fc.boolean().map((operand) => ({ $exists: operand })),
);
const filter = fc.dictionary(fc.constantFrom('a', 'b', 'n', 'b.c'), comparison, {
  minKeys: 1,
  maxKeys: 2,
  noNullPrototype: true,
});
const direction = fc.constantFrom<1 | -1>(1, -1);
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'n'), direction), {
  maxLength: 2,
  selector: ([name]) => name,
});

/** A missing field and null are one key, and so are an array and its least element. */
const isFlat = (found: Any): boolean =>
  ![found.a, found.b].some((one) => Array.isArray(one) || one === null || one === undefined);

const indexes = [{ a: 1 }, { b: -1 }, { n: 1, a: -1 }, { 'b.c': 1 }, { n: -1, b: 1, a: 1 }] as const;

const questions = fc.array(fc.tuple(filter, sort), { minLength: 8, maxLength: 12 });
const changes = fc.array(fc.tuple(fc.nat(24), fc.option(document)), { maxLength: 12 });
type Questions = typeof questions extends fc.Arbitrary<infer Value> ? Value : never;
type Changes = typeof changes extends fc.Arbitrary<infer Value> ? Value : never;

describe('indexed finds', () => {
  const mongo = useMongo();

  /** Parallel arrays cannot be indexed; what the indexed collection refuses, the plain one does not get. */
  const filled = async (
    documents: Any[],
    changed: Changes,
  ): Promise<[indexed: Collection<Any>, plain: Collection<Any>]> => {
    const [indexed, plain] = [await mongo.collection(), await mongo.collection()];
    for (const key of indexes) await indexed.createIndex(key);
    await indexed.createIndex({ a: 1, b: 1 }, { sparse: true });
    const both = async (write: (collection: Collection<Any>) => Promise<unknown>): Promise<void> => {
      const refused = await write(indexed).catch((error: { code?: number }) => error.code);
      if (refused !== 171) await write(plain);
    };
    for (const [_id, fields] of documents.entries())
      await both((collection) => collection.insertOne({ _id, ...fields }));
    for (const [_id, fields] of changed) {
      await both((collection) => (fields ? collection.replaceOne({ _id }, fields) : collection.deleteOne({ _id })));
    }
    return [indexed, plain];
  };

  const compare = async ([indexed, plain]: Collection<Any>[], [wanted, order]: Questions[number]): Promise<void> => {
    const total = [...order, ['_id', 1]] as [string, 1 | -1][];
    const expected = await plain!.find(wanted).sort(total).toArray();
    expect(await indexed!.find(wanted).sort(total).toArray()).toEqual(expected);
    expect(await indexed!.countDocuments(wanted)).toBe(expected.length);
    if (order.length === 0 || !expected.every(isFlat)) return;
    // Without _id the order is that of the index itself, in which documents of equal keys may stand in any order.
    const keys = (found: Any[]) => found.map((one) => order.map(([name]) => one[name] as unknown));
    expect(keys(await indexed!.find(wanted).sort(order).limit(5).toArray())).toEqual(keys(expected.slice(0, 5)));
  };

  it('give what looking at every document gives, after any inserts, replacements and removals', () => {
    const documents = fc.array(document, { minLength: 8, maxLength: 25 });
    const property = fc.asyncProperty(documents, changes, questions, async (inserted, changed, asked) => {
      const collections = await filled(inserted, changed);
      for (const question of asked) await compare(collections, question);
      for (const collection of collections) await collection.drop();
    });
    return fc.assert(property, { numRuns: 40 });
  });
});
