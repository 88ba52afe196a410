import { RunningCompany } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
});
afterAll(async () => {
  await company.stop();
});

const seed = async (body: object) => {
  const begun = await company.ask('POST /api/demonstration', { body });
  if (begun.status !== 202) return begun;
  for (;;) {
    const job = await company.ask(`GET /api/imports/${begun.body.id}`);
    if (job.body.status !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('the demonstration company', () => {
  it('is there with its people, quotas and deals, as if it had been here for years', async () => {
    const { body: job } = await seed({ deals: 30, years: 2, seed: 5 });
    expect(job).toMatchObject({ status: 'done', fault: null, deals: 30, rowsFailed: 0, funnelId: 'demo' });
    expect(job.bytesRead).toBe(job.bytesTotal);
    const after = `after=${job.position}`;
    const { body: report } = await company.ask(`GET /api/funnels/demo/report?team=north&${after}`);
    expect(report.stages.map((stage: { conversionTarget: number }) => stage.conversionTarget)).toEqual([
      0.6, 0.65, 0.7, 0.75, 0.8, 0.9,
    ]);
    expect(report.totals.dealCount).toBeGreaterThan(0);
    const lastYear = `${new Date().getUTCFullYear() - 1}`;
    const { body: quota } = await company.ask(`GET /api/quotas/report?subject=team-north&period=${lastYear}&${after}`);
    expect(quota.quota).toEqual({ value: '40000000.00', currency: 'CNY' });
    const { body: people } = await company.ask(`GET /api/reps?${after}`);
    expect(people.items).toHaveLength(12);
  });

  it('is not there twice', async () => {
    const head = await company.head();
    const { body: job } = await seed({ deals: 30, years: 2, seed: 5 });
    expect(job).toMatchObject({ status: 'done', fault: null, eventsWritten: 0 });
    expect(job.eventsKnown).toBeGreaterThan(100);
    expect(await company.head()).toBe(head);
  });

  it('is made by two at the same time', async () => {
    const jobs = await Promise.all([{ seed: 6 }, { seed: 7 }].map((luck) => seed({ deals: 300, years: 2, ...luck })));
    for (const { body: job } of jobs) expect(job).toMatchObject({ status: 'done', fault: null, deals: 300 });
  });

  it.each([
    [{ deals: 0 }, '$.deals'],
    [{ years: 2.5 }, '$.years'],
    [{ until: '1969-12-31' }, '$.until'],
  ])('is not made of %j', async (body, path) => {
    expect(await seed(body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('is broken off when the product stops, and says so', async () => {
    const { body: job } = await company.ask('POST /api/demonstration', { body: { deals: 50_000, years: 3, seed: 8 } });
    expect(job.status).toBe('running');
    await company.api.close();
    expect(await company.store.documents('imports').get(job.id)).toMatchObject({ status: 'interrupted' });
  });
});
