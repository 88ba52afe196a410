import { refusal, useMongo } from '../fixture.ts';

describe('explaining', () => {
  const mongo = useMongo();

  it('counts what the command would give, its limit and skip included', async () => {
    const collection = await mongo.collection(...Array.from({ length: 20 }, (_, _id) => ({ _id, a: _id % 2 })));
    await collection.createIndex({ a: 1 });
    const { queryPlanner, executionStats } = await collection.find({ a: 1 }).skip(2).limit(3).explain('executionStats');
    expect(queryPlanner.winningPlan).toMatchObject({ stage: 'LIMIT', limitAmount: 3, inputStage: { stage: 'SKIP' } });
    expect(executionStats).toMatchObject({ nReturned: 3, totalKeysExamined: 5, totalDocsExamined: 5 });
  });

  it('has three degrees, and no other', async () => {
    const { collectionName: find } = await mongo.collection({ a: 1 });
    const explain = (verbosity: string) => mongo.db.command({ explain: { find }, verbosity });
    expect(await explain('queryPlanner')).not.toHaveProperty('executionStats');
    expect((await explain('executionStats')).executionStats).not.toHaveProperty('allPlansExecution');
    expect((await explain('allPlansExecution')).executionStats).toHaveProperty('allPlansExecution');
    expect(await refusal(explain('all'))).toMatchObject({ code: 2 });
  });

  it('shows what stands above the search', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 });
    const { collectionName: name } = collection;
    const plan = async (explain: object) =>
      (await mongo.db.command({ explain, verbosity: 'queryPlanner' })).queryPlanner.winningPlan;
    expect(await plan({ count: name, query: { a: 1 } })).toMatchObject({
      stage: 'COUNT',
      inputStage: { stage: 'COLLSCAN' },
    });
    const update = { update: name, updates: [{ q: { _id: 1 }, u: { $set: { a: 2 } } }] };
    expect(await plan(update)).toMatchObject({ stage: 'UPDATE', inputStage: { stage: 'EXPRESS_IXSCAN' } });
    expect(await plan({ delete: name, deletes: [{ q: {}, limit: 0 }] })).toMatchObject({ stage: 'DELETE' });
    expect(await collection.findOne()).toEqual({ _id: 1, a: 1 });
    const grouped = await collection.aggregate([{ $match: { a: 1 } }, { $group: { _id: '$a' } }]).explain();
    expect(grouped.stages).toMatchObject([{ $cursor: { queryPlanner: {} } }, { $group: { _id: '$a' } }]);
    const flag = { aggregate: name, pipeline: [{ $match: { _id: 1 } }], explain: true };
    expect((await mongo.db.command(flag)).queryPlanner.winningPlan).toMatchObject({ stage: 'EXPRESS_IXSCAN' });
  });

  it('tells what would be written or counted', async () => {
    const collection = await mongo.collection({ a: 1, b: 9 }, { a: 1 }, { a: 1 }, { a: 2 });
    const { collectionName: name } = collection;
    const statistics = async (explain: object) =>
      (await mongo.db.command({ explain, verbosity: 'executionStats' })).executionStats;
    const would = async (explain: object) => {
      const { nReturned, executionStages } = await statistics(explain);
      const { isCached: _isCached, inputStage: _inputStage, ...stage } = executionStages;
      return { ...stage, nReturned };
    };
    const set = { $set: { b: 9 } };
    const update = { update: name, updates: [{ q: { a: 1 }, u: set, multi: true }] };
    const updated = { stage: 'UPDATE', nReturned: 0, nMatched: 3, nWouldModify: 2, nWouldUpsert: 0 };
    expect(await would(update)).toEqual(updated);
    const upsert = { update: name, updates: [{ q: { a: 3 }, u: set, upsert: true }] };
    expect(await would(upsert)).toEqual({ ...updated, nMatched: 0, nWouldModify: 0, nWouldUpsert: 1 });
    const deleted = { stage: 'DELETE', nReturned: 0, nWouldDelete: 3 };
    expect(await would({ delete: name, deletes: [{ q: { a: 1 }, limit: 0 }] })).toEqual(deleted);
    const modify = { findAndModify: name, query: { a: 2 } };
    const modified = { ...updated, nReturned: 1, nMatched: 1, nWouldModify: 1 };
    expect(await would({ ...modify, update: set })).toEqual(modified);
    expect(await would({ ...modify, remove: true })).toEqual({ ...deleted, nReturned: 1, nWouldDelete: 1 });
    const counted = { stage: 'COUNT', nReturned: 0, nCounted: 2, nSkipped: 1 };
    expect(await would({ count: name, query: { a: 1 }, skip: 1 })).toEqual(counted);
    expect(await refusal(would({ update: name, updates: [] }))).toMatchObject({ code: 16 });
    expect(await collection.countDocuments({ b: 9 })).toBe(1);
  });

  it('shows the filter in full, and how the plan was made', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1 });
    const { queryPlanner, executionStats } = await collection.find({ b: 2, a: 1 }).explain('executionStats');
    const parsed = { $and: [{ a: { $eq: 1 } }, { b: { $eq: 2 } }] };
    expect(queryPlanner).toMatchObject({
      parsedQuery: parsed,
      ...{ optimizationTimeMillis: 0, maxIndexedOrSolutionsReached: false, prunedSimilarIndexes: false },
      winningPlan: { stage: 'COLLSCAN', filter: parsed },
    });
    expect(executionStats.executionStages).toMatchObject({ docsExamined: 1, nReturned: 0 });
    const byId = await collection.find({ _id: 1 }).explain('executionStats');
    expect(byId.queryPlanner.parsedQuery).toEqual({ _id: { $eq: 1 } });
    expect(byId.executionStats.executionStages).toMatchObject({ keysExamined: 1, docsExamined: 1, nReturned: 1 });
    const pattern = { a: /1/ };
    expect((await collection.find(pattern).explain('queryPlanner')).queryPlanner.parsedQuery).toEqual(pattern);
  });

  it('explains what reads a view by what the view is on', async () => {
    const source = await mongo.collection({ a: 1, b: 1 }, { a: 1, b: 2 });
    const name = `${source.collectionName}View`;
    await mongo.db.createCollection(name, { viewOn: source.collectionName, pipeline: [{ $match: { a: 1 } }] });
    const explain = (explained: object) => mongo.db.command({ explain: explained, verbosity: 'queryPlanner' });
    const $cursor = { queryPlanner: { namespace: source.namespace, parsedQuery: { a: { $eq: 1 } } } };
    const match = { $match: { b: 2 } };
    const count = [{ $cursor }, match, { $count: 'count' }];
    expect((await explain({ count: name, query: { b: 2 } })).stages).toMatchObject(count);
    expect((await explain({ find: name, filter: { b: 2 } })).stages).toMatchObject([{ $cursor }, match]);
    expect(await explain({ aggregate: name, pipeline: [], cursor: {} })).toMatchObject($cursor);
    expect((await explain({ distinct: name, key: 'b' })).stages).toHaveLength(3);
    expect(await refusal(explain({ delete: name, deletes: [{ q: {}, limit: 0 }] }))).toMatchObject({ code: 166 });
  });

  it('lets a sort count for a limit, and says what is projected', async () => {
    const collection = await mongo.collection({ _id: 1, a: 1, b: 1 });
    const plan = async (options: object) =>
      (await collection.find({ a: 1 }, options).explain('queryPlanner')).queryPlanner.winningPlan;
    expect(await plan({ sort: { b: -1 }, skip: 1, limit: 2, projection: { a: 1 } })).toEqual({
      isCached: false,
      stage: 'PROJECTION_SIMPLE',
      transformBy: { a: 1 },
      inputStage: {
        stage: 'SKIP',
        skipAmount: 1,
        inputStage: {
          stage: 'SORT',
          sortPattern: { b: -1 },
          memLimit: 104_857_600,
          limitAmount: 3,
          type: 'simple',
          inputStage: { stage: 'COLLSCAN', filter: { a: { $eq: 1 } }, direction: 'forward' },
        },
      },
    });
    expect(await plan({ limit: 2, projection: { 'a.b': 1 } })).toMatchObject({
      stage: 'LIMIT',
      inputStage: { stage: 'PROJECTION_DEFAULT', transformBy: { 'a.b': 1 } },
    });
  });

  it('has one name for what is asked alike', async () => {
    const collection = await mongo.collection({ a: 1 });
    const hash = async (filter: object) =>
      (await collection.find(filter).explain('queryPlanner')).queryPlanner.queryHash;
    expect(await hash({ a: 1 })).toMatch(/^[\dA-F]{8}$/);
    expect(await hash({ a: 1 })).toBe(await hash({ a: 2 }));
    expect(await hash({ a: 1 })).not.toBe(await hash({ b: 1 }));
  });
});
