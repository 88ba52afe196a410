import { ViewBench } from '../testing/view-bench.ts';

interface Job {
  readonly file: string;
  readonly state: 'waiting' | 'done';
  readonly rows: number;
}

describe('operational documents', () => {
  it('keeps the last that was put under an id', async () => {
    await using bench = await ViewBench.start();
    const jobs = bench.store.documents<Job>('import-jobs');
    await jobs.put('one', { file: 'a.csv', state: 'waiting', rows: 0 });
    await jobs.put('two', { file: 'b.csv', state: 'waiting', rows: 0 });
    await jobs.put('one', { file: 'a.csv', state: 'done', rows: 3 });
    await expect(jobs.get('one')).resolves.toEqual({ id: 'one', file: 'a.csv', state: 'done', rows: 3 });
    await expect(jobs.get('three')).resolves.toBeUndefined();
  });

  it('finds them by their fields, in the order asked for', async () => {
    await using bench = await ViewBench.start();
    const jobs = bench.store.documents<Job>('import-jobs');
    for (const rows of [2, 3, 1]) await jobs.put(`job-${rows}`, { file: 'a.csv', state: 'done', rows });
    await jobs.put('job-9', { file: 'b.csv', state: 'waiting', rows: 9 });
    const found = await jobs.find({ state: 'done' }, { sort: { rows: -1 }, limit: 2 });
    expect(found.map(({ id }) => id)).toEqual(['job-3', 'job-2']);
  });
});
