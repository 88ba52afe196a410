import { refusal, useMongo } from '../fixture.ts';

describe('a bulk write over collections', () => {
  const mongo = useMongo();
  const written = { insert: 0, document: { _id: 1 } };

  /** What is said of the whole command; nothing of it is done then. */
  const refused = async (ops: object[], { nsInfo = [], ...options }: { nsInfo?: object[]; cursor?: object } = {}) => {
    const collection = await mongo.collection();
    const command = {
      bulkWrite: 1,
      ops: [written, ...ops],
      nsInfo: [{ ns: collection.namespace }, ...nsInfo],
      ...options,
    };
    const { code } = await refusal(mongo.client.db('admin').command(command));
    expect(await collection.countDocuments()).toBe(0);
    return code;
  };

  it.each<[string, object, number]>([
    ['has no document to insert', { insert: 0 }, 40414],
    ['inserts what is no document', { insert: 0, document: 1 }, 14],
    ['has a field too many', { delete: 0, filter: {}, bogus: 1 }, 40415],
    ['inserts with a field too many', { insert: 0, document: {}, bogus: 1 }, 40415],
    ['is of no known kind', { document: {}, insert: 0 }, 40415],
    ['goes to a collection that is not named', { insert: 5, document: {} }, 2],
    ['goes to less than the first', { insert: -1, document: {} }, 2],
    ['goes to what is no number', { insert: 'x', document: {} }, 14],
    ['says no filter', { update: 0, updateMods: { $set: { a: 1 } } }, 40414],
    ['says no real change', { update: 0, filter: {}, updateMods: 5 }, 9],
    ['hints at nothing', { delete: 0, filter: {}, hint: 5 }, 9],
    ['is many by a number', { delete: 0, filter: {}, multi: 1 }, 14],
    ['filters what is no array', { update: 0, filter: {}, updateMods: { $set: { a: 1 } }, arrayFilters: {} }, 14],
  ])('is refused as a whole where an operation %s', async (_what, operation, code) =>
    expect(await refused([operation])).toBe(code),
  );

  it.each<[string, object, number]>([
    ['without a name', {}, 40414],
    ['called by a number', { ns: 1 }, 14],
    ['of no database', { ns: 'nodot' }, 73],
    ['of nothing but a database', { ns: 'test.' }, 73],
    ['with a field too many', { ns: 'test.x', bogus: 1 }, 40415],
  ])('is refused as a whole where a collection is %s, needed or not', async (_what, target, code) =>
    expect(await refused([], { nsInfo: [target] })).toBe(code),
  );

  it('is refused where its answers should come in batches of less than nothing', async () =>
    expect(await refused([], { cursor: { batchSize: -1 } })).toBe(2));
});
