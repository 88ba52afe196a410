import { MongoServerError } from 'mongodb';
import { ViewBench } from '../testing/view-bench.ts';

describe('many rows written at once', () => {
  it('are all there, save those that met another, of which the places are told', async () => {
    await using bench = await ViewBench.start();
    const writes = bench.store.tables.writes('toys');
    await expect(writes.run('insert', [{ _id: 'b', n: 1 }])).resolves.toEqual([]);
    const rows = ['a', 'b', 'c', 'b'].map((_id) => ({ _id, n: 2 }));
    await expect(writes.run('insert', rows)).resolves.toEqual([1, 3]);
    await expect(bench.documents('toys')).resolves.toMatchObject([
      { _id: 'a', n: 2 },
      { _id: 'b', n: 1 },
      { _id: 'c', n: 2 },
    ]);
  });

  it('replace what their filters find', async () => {
    await using bench = await ViewBench.start();
    const writes = bench.store.tables.writes('toys');
    await writes.run('insert', [
      { _id: 'a', n: 1 },
      { _id: 'b', n: 5 },
    ]);
    const older = (_id: string) => ({ q: { _id, n: { $lt: 3 } }, u: { n: 3 }, upsert: true });
    await expect(writes.run('update', ['a', 'b', 'c'].map(older))).resolves.toEqual([1]);
    await expect(bench.documents('toys')).resolves.toEqual([
      { _id: 'a', n: 3 },
      { _id: 'b', n: 5 },
      { _id: 'c', n: 3 },
    ]);
  });

  it('may be more than a message holds', async () => {
    await using bench = await ViewBench.start();
    const large = (_id: string) => ({ _id, note: 'x'.repeat(12_000_000) });
    const writes = bench.store.tables.writes('toys');
    await expect(writes.run('insert', ['a', 'b', 'c', 'd', 'a'].map(large))).resolves.toEqual([4]);
    await expect(bench.database.collection('toys').countDocuments()).resolves.toBe(4);
  });

  it('are refused as the server refuses them', async () => {
    await using bench = await ViewBench.start();
    const writes = bench.store.tables.writes('toys');
    await expect(writes.run('insert', [{ _id: [1] }, { _id: 'a' }])).rejects.toThrow(MongoServerError);
  });
});
