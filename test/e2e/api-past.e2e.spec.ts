import { setTimeout as pause } from 'node:timers/promises';
import { RunningCompany } from './running-company.ts';

let company: RunningCompany;

const on = (day: string) => ({ occurredAt: `2026-${day}T09:00:00+08:00` });
const asOf = (day: string) => `2026-${day}T23:59:59+08:00`;
const ids = ({ items }: { items: { id: string }[] }): string[] => items.map(({ id }) => id);
const deal = (id: string, value: string, ownerId: string, day: string) => ({
  ...{ id, title: `Mill ${id}`, customer: { name: id, region: 'North', industry: 'steel' }, ownerId, funnelId: 'mill' },
  ...{ amount: { value, currency: 'CNY' }, ...on(day) },
});
const mill = {
  label: 'Mill',
  stages: [
    { key: 'first', label: 'First', weight: 0.25, part: 'top', maxDwellDays: 10 },
    { key: 'last', label: 'Last', weight: 0.5, part: 'bottom' },
  ],
};
/** Between two instants of recording, so that both fall on their sides of it. */
const nowOnRecord = async (): Promise<string> => {
  await pause(5);
  const instant = new Date().toISOString();
  await pause(5);
  return instant;
};

/** What was on record before the late entries. */
let before: string;

beforeAll(async () => {
  company = await RunningCompany.start();
  await company.send('PUT /api/funnels/mill', { ...mill, ...on('01-01') });
  await company.send('POST /api/teams', { id: 'north', name: 'North', ...on('01-01') });
  await company.send('POST /api/reps', { id: 'anna', name: 'Anna', teamId: 'north', ...on('01-01') });
  await company.send('POST /api/reps', { id: 'ben', name: 'Ben', teamId: 'south', ...on('01-01') });
  await company.send('PUT /api/quotas/rep-anna/2026', {
    amount: { value: '1200.00', currency: 'CNY' },
    ...on('01-01'),
  });
  await company.send('POST /api/deals', deal('small', '100.00', 'anna', '02-01'));
  await company.send('POST /api/deals', deal('large', '500.00', 'ben', '02-02'));
  await company.send('POST /api/deals/small/win', on('03-10'));
  before = await nowOnRecord();
  // Told now about February and March.
  await company.send('POST /api/deals', deal('late', '900.00', 'anna', '02-03'));
  await company.send('POST /api/deals/large/advance', { to: 'last', ...on('02-20') });
  await company.send('POST /api/deals/large/owner', { ownerId: 'anna', reason: 'territories', ...on('02-21') });
  await company.send('POST /api/reps/ben/move', { teamId: 'north', ...on('02-10') });
  await company.send('POST /api/teams', { id: 'north', name: 'North-East', ...on('02-10') });
  await company.send('PUT /api/quotas/rep-anna/2026', {
    amount: { value: '2400.00', currency: 'CNY' },
    ...on('02-10'),
  });
  const stages = mill.stages.map((stage) => ({ ...stage, weight: 1 }));
  await company.send('PUT /api/funnels/mill', { label: 'Mill 2', stages, ...on('02-15') });
});
afterAll(async () => {
  await company.stop();
});

describe('the list of deals', () => {
  it('as of an instant has the deals of then, as they stood then', async () => {
    const items = (await company.read('/api/deals', { asOf: asOf('02-28'), sort: 'amount' })).items;
    expect(items).toMatchObject([
      { id: 'late', status: 'open', stage: 'first', ownerId: 'anna' },
      { id: 'large', status: 'open', stage: 'last', ownerId: 'anna', since: '2026-02-20T01:00:00.000Z' },
      { id: 'small', status: 'open', amount: { value: '100.00' } },
    ]);
    expect(ids(await company.read('/api/deals', { asOf: asOf('02-01') }))).toEqual(['small']);
    expect(ids(await company.read('/api/deals', { asOf: asOf('01-31') }))).toEqual([]);
  });

  it('as known at an instant has nothing in it that was told later', async () => {
    const items = (await company.read('/api/deals', { asOf: asOf('02-28'), knownAt: before })).items;
    expect(items).toMatchObject([
      { id: 'large', stage: 'first', ownerId: 'ben', revision: 0 },
      { id: 'small', status: 'open' },
    ]);
    expect((await company.read('/api/deals', { knownAt: before, status: 'won' })).items).toMatchObject([
      { id: 'small' },
    ]);
  });

  it('as of now is that of today, in every order', async () => {
    for (const sort of ['changedAt', 'amount', 'dwell', 'expectedClose']) {
      for (const order of ['asc', 'desc']) {
        const today = await company.read('/api/deals', { sort, order });
        expect(await company.read('/api/deals', { sort, order, asOf: new Date().toISOString() })).toEqual(today);
      }
    }
  });

  it.each([
    [{ owner: 'ben' }, ['large']],
    [{ team: 'north' }, ['small', 'large']],
    [{ stage: 'last' }, []],
    [{ funnel: 'six-step' }, []],
    [{ customer: 'small' }, ['small']],
    [{ region: 'South' }, []],
    [{ industry: 'steel', q: 'MILL la' }, ['large']],
  ])('is restricted by %j as it was', async (filter, expected) => {
    const said = { asOf: asOf('02-12'), sort: 'amount', order: 'asc', ...filter } as Record<string, string>;
    const found = ids(await company.read('/api/deals', said)).filter((id) => id !== 'late');
    expect(found).toEqual(expected);
  });

  it('comes page by page, though more is recorded meanwhile', async () => {
    const query = { asOf: asOf('02-28'), sort: 'amount', limit: '1' };
    const first = await company.read('/api/deals', query);
    await company.send('POST /api/deals', deal('later', '700.00', 'anna', '02-05'));
    const second = await company.read('/api/deals', { ...query, cursor: first.next });
    const third = await company.read('/api/deals', { ...query, cursor: second.next });
    expect([first, second, third].flatMap(ids)).toEqual(['late', 'large', 'small']);
    expect(third.next).toBeNull();
    expect(ids(await company.read('/api/deals', { ...query, limit: '9' }))).toContain('later');
  });

  it('refuses the cursor of another list', async () => {
    for (const cursor of ['nonsense', (await company.read('/api/deals', { limit: '1' })).next]) {
      const answer = await company.ask(`GET /api/deals?asOf=2026-02-28T00:00:00Z&cursor=${cursor}`, { role: 'rep' });
      expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
    }
  });
});

describe('a deal', () => {
  it('is shown in both times', async () => {
    const large = (query: Record<string, string>) => company.read('/api/deals/large', query);
    expect(await large({ asOf: asOf('02-28') })).toMatchObject({ stage: 'last', ownerId: 'anna' });
    expect(await large({ knownAt: before })).toMatchObject({ stage: 'first', ownerId: 'ben', revision: 0 });
    const late = await company.ask(`GET /api/deals/late?asOf=${encodeURIComponent(asOf('02-28'))}&knownAt=${before}`);
    expect(late).toMatchObject({ status: 404, body: { code: 'deal-absent' } });
  });

  it('has a history up to then, as far as it was told', async () => {
    const types = async (query: Record<string, string>) =>
      (await company.read('/api/deals/large/history', query)).items.map(({ type }: { type: string }) => type);
    expect(await types({})).toEqual(['ProspectAdded', 'StageAdvanced', 'OwnerReassigned']);
    expect(await types({ asOf: asOf('02-20') })).toEqual(['ProspectAdded', 'StageAdvanced']);
    expect(await types({ asOf: asOf('02-28'), knownAt: before })).toEqual(['ProspectAdded']);
    expect(await company.ask('GET /api/deals/large/history?asOf=2026-01-01T00:00:00Z')).toMatchObject({ status: 404 });
  });
});

describe('reports', () => {
  it('of a funnel take its version, owners and teams as they were and as they were known', async () => {
    const report = (query: Record<string, string>) => company.read('/api/funnels/mill/report', query);
    const told = await report({ asOf: asOf('02-28'), team: 'north' });
    expect(told).toMatchObject({ label: 'Mill 2', knownAt: null, totals: { weightedAmount: { value: '2200.00' } } });
    const known = await report({ asOf: asOf('02-28'), knownAt: before, team: 'north' });
    expect(known).toMatchObject({
      label: 'Mill',
      asOf: '2026-02-28T15:59:59.000Z',
      knownAt: before,
      totals: { openCount: 1, weightedAmount: { value: '25.00' } },
    });
    expect((await report({ knownAt: before })).totals).toMatchObject({ openCount: 1, wonCount: 1 });
  });

  it('of dwell times tell what one knew', async () => {
    const report = (query: Record<string, string>) => company.read('/api/aging', { funnel: 'mill', ...query });
    expect((await report({ asOf: asOf('02-28'), knownAt: before })).items).toMatchObject([
      { id: 'small', state: 'stale' },
      { id: 'large', stage: 'first', state: 'stale' },
    ]);
    const { knownAt, stages } = await report({ asOf: asOf('02-28') });
    expect([knownAt, stages.map(({ count }: { count: number }) => count)]).toEqual([null, [3, 1]]);
  });

  it('of quotas take the quota that was known', async () => {
    const quota = async (query: Record<string, string>) =>
      (await company.read('/api/quotas/report', { subject: 'rep-anna', period: '2026', ...query })).quota.value;
    expect(await quota({ asOf: asOf('02-28') })).toBe('2400.00');
    expect(await quota({ asOf: asOf('02-09') })).toBe('1200.00');
    expect(await quota({ asOf: asOf('02-28'), knownAt: before })).toBe('1200.00');
  });

  it('know as much at this instant as without one', async () => {
    const times = { asOf: asOf('02-28') };
    const reports: [string, Record<string, string>][] = [
      ['/api/funnels/mill/report', times],
      ['/api/aging', times],
      ['/api/quotas/report', { ...times, subject: 'team-north', period: '2026' }],
      ['/api/quotas/teams', { ...times, period: '2026' }],
    ];
    for (const [path, said] of reports) {
      const knownAt = new Date().toISOString();
      expect({ ...(await company.read(path, { ...said, knownAt })), knownAt: null }).toEqual(
        await company.read(path, said),
      );
    }
  });
});

describe('funnels and people', () => {
  it('are as they were', async () => {
    expect(await company.read('/api/funnels/mill', { asOf: asOf('02-14') })).toMatchObject({ label: 'Mill' });
    expect((await company.read('/api/funnels/mill', { asOf: asOf('02-14') })).versions).toHaveLength(1);
    const team = async (query: Record<string, string>) => (await company.read('/api/reps', query)).items[1].teamId;
    expect(await team({ asOf: asOf('02-09') })).toBe('south');
    expect(await team({ asOf: asOf('02-11') })).toBe('north');
    expect((await company.read('/api/reps', { asOf: '2025-12-01T00:00:00Z' })).items).toEqual([]);
    expect((await company.read('/api/teams', { asOf: asOf('02-09') })).items).toMatchObject([{ name: 'North' }]);
  });

  it('are as they were known', async () => {
    expect(await company.read('/api/funnels/mill', { knownAt: before })).toMatchObject({ label: 'Mill', revision: 0 });
    expect((await company.read('/api/funnels', { knownAt: '2026-01-01T00:00:00Z' })).items).toEqual([]);
    expect((await company.read('/api/reps', { knownAt: before })).items[1]).toMatchObject({
      teamId: 'south',
      revision: 0,
    });
    expect((await company.read('/api/teams', { knownAt: before })).items).toMatchObject([
      { name: 'North', revision: 0 },
    ]);
    const unknown = await company.ask('GET /api/funnels/mill/report?knownAt=2026-01-01T00:00:00Z');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('of whom some own open deals', async () => {
    expect(ids(await company.read('/api/owners', { funnel: 'mill' }))).toEqual(['anna']);
    const then = [
      { id: 'anna', count: 1 },
      { id: 'ben', count: 1 },
    ];
    expect((await company.read('/api/owners', { asOf: asOf('02-09'), knownAt: before })).items).toEqual(then);
    expect(ids(await company.read('/api/owners', { funnel: 'six-step' }))).toEqual([]);
  });

  it('come page by page', async () => {
    const first = await company.read('/api/reps', { limit: '1' });
    expect(ids(first)).toEqual(['anna']);
    const second = await company.read('/api/reps', { limit: '1', cursor: first.next });
    expect([ids(second), second.next]).toEqual([['ben'], null]);
    expect(await company.ask('GET /api/reps?cursor=bm9wZQ')).toMatchObject({ status: 400 });
  });
});

it.each([
  '/api/deals',
  '/api/deals/large',
  '/api/aging',
  '/api/owners',
  '/api/alerts',
  '/api/reps',
  '/api/funnels/mill/report',
])('%s wants instants with their offset', async (path) => {
  for (const time of ['asOf', 'knownAt']) {
    const answer = await company.ask(`GET ${path}?${time}=2026-02-28`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed', errors: [{ path: `query.${time}` }] } });
  }
});
