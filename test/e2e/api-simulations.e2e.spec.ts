import { RunningCompany } from './running-company.ts';

let company: RunningCompany;
const on = (day: number) => ({ occurredAt: `2026-02-${`${day}`.padStart(2, '0')}T09:00:00+08:00` });
const deal = (id: string, value: string, day: number) => ({
  ...{ id, title: id, customer: { name: id }, amount: { value, currency: 'CNY' }, ownerId: 'anna' },
  ...{ funnelId: 'mill', ...on(day) },
});

/** Ten deals that were sold on their third day, and one that began on the last day that counts. */
beforeAll(async () => {
  company = await RunningCompany.start();
  const stages = [{ key: 'first', label: 'First', weight: 0.25, part: 'top' }];
  await company.send('PUT /api/funnels/mill', { label: 'Mill', stages, occurredAt: '2026-01-01T00:00:00Z' });
  for (let day = 1; day <= 10; day += 1) {
    await company.send('POST /api/deals', deal(`sold-${day}`, '100.00', day));
    await company.send(`POST /api/deals/sold-${day}/win`, on(day + 2));
  }
  await company.send('POST /api/deals', deal('standing', '700.00', 14));
});
afterAll(() => company.stop());

const asked = {
  funnelId: 'mill',
  asOf: '2026-02-15T09:00:00+08:00',
  every: 'week',
  periods: 2,
  inflow: 'none',
  runs: 50,
};
const ask = (said: object = {}) =>
  company.ask('POST /api/simulations', { role: 'auditor', body: { ...asked, ...said } });

describe('a simulation', () => {
  it('tells what the coming periods may bring', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body.groups).toMatchObject([{ key: 'total', count: 1, amount: { value: '700.00', currency: 'CNY' } }]);
    // 15 February was a Sunday: the deal is won on Monday.
    expect(body.groups[0].periods).toMatchObject([
      { until: '2026-02-15T15:59:59.999Z', won: { p90: { value: '0.00' } }, open: { mean: { value: '700.00' } } },
      { until: '2026-02-22T15:59:59.999Z', won: { p10: { value: '700.00' } }, openCount: { p90: 0 } },
    ]);
    expect(body.learnt).toEqual([
      { stage: 'first', visits: 11, ended: 10, exits: [{ to: 'won', kind: 'won', share: 1 }] },
    ]);
    expect(body).toMatchObject({ asOf: '2026-02-15T01:00:00.000Z', runs: 50, seed: 1, inflow: null });
  });

  it('gives the same digits for the same seed, and says so by its digest', async () => {
    const several = { inflow: 'present' };
    const [one, same, other] = [await ask(several), await ask(several), await ask({ ...several, seed: 2 })];
    expect(same.body).toEqual(one.body);
    expect(other.body.digest).not.toBe(one.body.digest);
    expect(one.body.inflow).toEqual({ weeks: 2, arrivals: 10 });
  });

  it('begins now where no instant is given', async () => {
    const { body } = await ask({ asOf: undefined });
    expect(Date.parse(body.asOf)).toBeGreaterThan(Date.parse('2026-02-15T09:00:00+08:00'));
  });

  it('knows only what was recorded by then', async () => {
    const { body } = await ask({ knownAt: '2026-02-15T09:00:00+08:00' });
    expect(body).toMatchObject({ code: 'funnel-unknown' });
  });

  it('lets others ask while it goes on', async () => {
    const order: string[] = [];
    const long = ask({ runs: 5_000, periods: 60, inflow: 'present' }).then(() => order.push('simulation'));
    const body = { funnelId: 'mill', from: '2026-02-01', to: '2026-02-28' };
    await company.ask('POST /api/reforecasts', { role: 'auditor', body }).then(() => order.push('reforecast'));
    await long;
    expect(order).toEqual(['reforecast', 'simulation']);
  });

  it.each([
    [{ funnelId: 'moon' }, 422, 'funnel-unknown'],
    [{ runs: 0 }, 400, 'malformed'],
    [{ seed: -1 }, 400, 'malformed'],
    [{ periods: 61 }, 400, 'malformed'],
    [{ by: 'owner', runs: 5_000, periods: 60 }, 400, 'malformed'],
    [{ asOf: 'soon' }, 400, 'malformed'],
  ])('refuses %j', async (said, status, code) => {
    expect(await ask(said)).toMatchObject({ status, body: { code } });
  });
});

describe('the target of a simulation', () => {
  beforeAll(() =>
    company.send('PUT /api/quotas/company/2026', { amount: { value: '12000.00', currency: 'CNY' }, ...on(1) }),
  );
  const aim = async (target: object) => ask({ target: { period: '2026-Q1', ...target } });

  it('tells how many prospects must be added now to reach the quota', async () => {
    const { status, body } = await aim({});
    expect(status).toBe(200);
    // 1000 are won already and 700 stand open: most prospects are worth 100, one in eleven 700.
    expect(body.target).toMatchObject({
      ...{ subject: 'company', period: '2026-Q1', until: '2026-03-31T15:59:59.999Z', chance: 50, like: 10 },
      ...{ toWin: { value: '3000.00' }, won: { value: '1000.00' }, missing: { value: '2000.00' }, reached: 0 },
    });
    expect(body.target.needed).toBeGreaterThan(3);
    expect(body.target.needed).toBeLessThanOrEqual(13);
  });

  it('is reached where it is small, and out of reach where time is short', async () => {
    const small = { amount: { value: '1500.00', currency: 'CNY' } };
    expect((await aim(small)).body.target).toMatchObject({ reached: 1, needed: 0 });
    expect((await aim({ period: '2026-W07', amount: { value: '900.00', currency: 'CNY' } })).body.target).toMatchObject(
      { needed: null, most: 2_000 },
    );
  });

  it.each([
    [{ subject: 'rep-anna' }, '$.target.period'],
    [{ period: '2026-01' }, '$.target.period'],
    [{ period: 'soon' }, '$.target.period'],
    [{ subject: 'moon' }, '$.target.subject'],
    [{ amount: { value: '1.00', currency: 'EUR' } }, '$.target.amount'],
  ])('refuses %j', async (target, path) => {
    const { status, body } = await aim(target);
    expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
  });
});

describe('a backtest', () => {
  const backtest = (said: object = {}) =>
    company.ask('POST /api/simulations/backtest', {
      role: 'auditor',
      body: { funnelId: 'mill', from: '2026-02-02', to: '2026-02-15', every: 'week', ahead: 1, runs: 50, ...said },
    });

  it('compares with what came', async () => {
    const { status, body } = await backtest();
    expect(status).toBe(200);
    // By Sunday the 8th six were sold, four followed; of the one that stood at the end of the next week nothing more is known.
    expect(body.cases).toMatchObject([
      { asOf: '2026-02-08T15:59:59.999Z', until: '2026-02-15T15:59:59.999Z', won: { actual: { value: '400.00' } } },
      { until: '2026-02-22T15:59:59.999Z', won: { actual: { value: '0.00' }, inside: false } },
    ]);
    expect((await backtest()).body.digest).toBe(body.digest);
  });

  it.each([
    [{ from: '2199-01-01', to: '2199-02-01' }, 400, 'malformed'],
    [{ funnelId: 'moon' }, 422, 'funnel-unknown'],
    [{ ahead: 13 }, 400, 'malformed'],
  ])('refuses %j', async (said, status, code) => {
    expect(await backtest(said)).toMatchObject({ status, body: { code } });
  });
});
