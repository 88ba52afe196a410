import { MemoryLog } from '@funnel/testing';
import { InvalidCursor } from './cursor.ts';
import { ReadStoreUnavailable } from './faults.ts';
import { lost, moved, opened, standing, type Standing } from '../testing/toy-deals.ts';
import { ViewBench, collected, timeoutMs } from '../testing/view-bench.ts';
import type { PageQuery } from './view-reader.ts';

const amounts: readonly (number | null)[] = [30, 10, null, 20, 10, null, 40, 10];

const filled = async (bench: ViewBench) => {
  const log = new MemoryLog();
  bench.run(log, [standing]);
  amounts.forEach((amount, deal) => log.append(`deal-${deal}`, opened(`${deal}`, amount as number)));
  log.append('deal-3', moved('3', 'offer'));
  await bench.store.waitFor([standing], log.append('deal-7', lost('7')), { timeoutMs });
  return bench.store.view(standing);
};

describe('reading a view', () => {
  it.each<[string, NonNullable<PageQuery<Standing>['sort']>, string]>([
    ['upwards, the unknown first', { amount: 1 }, '2514306'],
    ['downwards, the unknown last', { amount: -1 }, '6031425'],
    ['by two fields', { stage: -1, amount: -1 }, '3601425'],
    ['by id where no order is asked for', {}, '0123456'],
  ])('pages through all rows once in order: %s', async (_, sort, expected) => {
    await using bench = await ViewBench.start();
    const read = await filled(bench);
    for (const limit of [1, 2, 3, 7, 50]) {
      let page = await read.find({}, { sort, limit });
      let ids = page.rows.map(({ id }) => id).join('');
      while (page.next !== undefined) {
        expect(page.rows).toHaveLength(limit);
        page = await read.find({}, { sort, limit, after: page.next });
        ids += page.rows.map(({ id }) => id).join('');
      }
      expect(ids).toBe(expected);
    }
  });

  it('finds and counts by what the fields must be', async () => {
    await using bench = await ViewBench.start();
    const read = await filled(bench);
    await expect(read.count({ amount: { $gte: 20 }, stage: 'lead' })).resolves.toBe(2);
    await expect(read.find({ amount: { $in: [20, 40] } })).resolves.toMatchObject({ rows: [{ id: '3' }, { id: '6' }] });
    await expect(read.count({ $or: [{ stage: 'offer' }, { amount: 40 }] })).resolves.toBe(2);
  });

  it('gets the rows of some ids, as far as they are there', async () => {
    await using bench = await ViewBench.start();
    const read = await filled(bench);
    const found = await read.getEach(['1', '7', '3', 'nobody']);
    expect([...found]).toEqual([
      ['1', expect.objectContaining({ id: '1', amount: 10 })],
      ['3', expect.objectContaining({ id: '3', stage: 'offer' })],
    ]);
  });

  it('walks through more rows than one fetch brings', async () => {
    await using bench = await ViewBench.start();
    const log = new MemoryLog();
    bench.run(log, [standing]);
    for (let deal = 0; deal < 2_100; deal++) log.append(`deal-${deal}`, opened(`${deal}`, deal));
    await bench.store.waitFor([standing], await log.head(), { timeoutMs });
    const ids = (await collected(bench.store.view(standing).all({ amount: { $lt: 2_050 } }))).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2_050);
    expect(ids).toEqual(ids.toSorted());
  });

  it.each(['', 'x', '?', Buffer.from('[[["_id",1]],[{"$gt":""}]]').toString('base64url')])(
    'refuses a cursor that it has not handed out: %j',
    async (after) => {
      await using bench = await ViewBench.start();
      const read = await filled(bench);
      await expect(read.find({}, { after })).rejects.toThrow(InvalidCursor);
    },
  );

  it('says that the store is away instead of hanging', async () => {
    await using bench = await ViewBench.start();
    const read = await filled(bench);
    await bench.loseServer();
    await expect(read.get('1')).rejects.toThrow(ReadStoreUnavailable);
    await expect(bench.store.ping()).rejects.toThrow(ReadStoreUnavailable);
    await bench.bringBackServer();
  });
});
