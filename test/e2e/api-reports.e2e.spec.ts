import { RunningCompany } from './running-company.ts';

let company: RunningCompany;

const on = (day: string) => ({ occurredAt: `2026-${day}T09:00:00+08:00` });
const deal = (id: string, value: string, ownerId: string, day: string) => ({
  ...{
    id,
    title: `Mill ${id}`,
    customer: { name: id, region: 'North' },
    ownerId,
    funnelId: 'mill',
    expectedClose: '2026-06-30',
  },
  ...{ amount: { value, currency: 'CNY' }, ...on(day) },
});
const mill = {
  label: 'Mill',
  stages: [
    { key: 'first', label: 'First', weight: 0.25, part: 'top', maxDwellDays: 10 },
    { key: 'last', label: 'Last', weight: 0.2, part: 'bottom' },
  ],
};

beforeAll(async () => {
  company = await RunningCompany.start();
  await company.send('PUT /api/funnels/mill', { ...mill, ...on('01-01') });
  await company.send('POST /api/teams', { id: 'north', name: 'North', leaderId: 'mia', ...on('01-01') });
  await company.send('POST /api/reps', {
    id: 'anna',
    name: 'Anna',
    teamId: 'north',
    email: 'anna@example.com',
    ...on('01-01'),
  });
  await company.send('POST /api/reps', { id: 'ben', name: 'Ben', ...on('01-01') });
  await company.send('POST /api/deals', deal('small', '1000000.00', 'anna', '02-01'));
  await company.send('POST /api/deals', deal('large', '5000000.00', 'ben', '02-01'));
  await company.send('POST /api/deals', deal('sold', '300000.00', 'anna', '02-01'));
  await company.send('POST /api/deals/large/advance', { to: 'last', ...on('02-06') });
  await company.send('POST /api/deals/sold/win', on('02-11'));
  await company.send('PUT /api/quotas/rep-anna/2026', {
    amount: { value: '1200000.00', currency: 'CNY' },
    ...on('01-01'),
  });
});
afterAll(async () => {
  await company.stop();
});

describe('the report of a funnel', () => {
  it('tells what stands in each stage, and what it is worth by the weights', async () => {
    const report = await company.read('/api/funnels/mill/report');
    expect(report.stages).toMatchObject([
      {
        key: 'first',
        openCount: 1,
        openAmount: { value: '1000000.00' },
        weightedAmount: { value: '250000.00' },
        entered: 3,
      },
      { key: 'last', openCount: 1, weightedAmount: { value: '1000000.00', currency: 'CNY' }, conversion: 0 },
    ]);
    expect(report.stages[0].dwell).toMatchObject({ medianSeconds: 648_000, p90Seconds: 864_000, visits: 2 });
    expect(report).toMatchObject({
      totals: { openCount: 2, wonAmount: { value: '300000.00' } },
      winRate: { byCount: 1 },
    });
  });

  it('knows nothing after the instant it is told as of', async () => {
    const report = await company.read('/api/funnels/mill/report?asOf=2026-02-05T00:00:00Z');
    expect(report).toMatchObject({ asOf: '2026-02-05T00:00:00.000Z', totals: { openCount: 3, wonCount: 0 } });
  });

  it('is of an owner, a team or a region, where that is asked for', async () => {
    const openOf = async (filter: string) =>
      (await company.read(`/api/funnels/mill/report?${filter}`)).totals.openCount;
    const filters = ['owner=anna', 'owner=none', 'team=north', 'region=North', 'region=South'];
    expect(await Promise.all(filters.map(openOf))).toEqual([1, 0, 1, 2, 0]);
  });

  it('says how far it has seen', async () => {
    const report = await company.read('/api/funnels/mill/report');
    expect(BigInt(report.position.split('-')[0])).toBeGreaterThanOrEqual(BigInt(company.sentUntil.split('-')[0] ?? 0));
  });
});

describe('funnels', () => {
  it('are there from the beginning, and shown with all their versions', async () => {
    expect((await company.read('/api/funnels')).items.map(({ id }: { id: string }) => id)).toEqual([
      ...['funnel-list', 'mill', 'quarters', 'six-step'],
    ]);
    await company.send('PUT /api/funnels/mill', { ...mill, label: 'Mill 2', reason: 'a better name' });
    const shown = await company.read('/api/funnels/mill');
    expect(shown).toMatchObject({ id: 'mill', label: 'Mill 2', currency: 'CNY', revision: 1 });
    expect(shown.versions).toMatchObject([
      { label: 'Mill', inForceSince: '2026-01-01T01:00:00.000Z', reason: null },
      { label: 'Mill 2', reason: 'a better name' },
    ]);
  });

  it('that were just revised are known to the next command', async () => {
    const stages = [...mill.stages, { key: 'extra', label: 'Extra', weight: 0.9, part: 'bottom' }];
    await company.send('PUT /api/funnels/mill', { label: 'Mill 3', stages });
    await company.send('POST /api/deals/small/advance', { to: 'extra' });
  });
});

describe('the aging report', () => {
  it('tells how long deals stand, against how long they may', async () => {
    const report = await company.read('/api/aging?funnel=mill&asOf=2026-02-10T09:00:00%2B08:00');
    expect(report.items).toMatchObject([
      { id: 'small', dwellSeconds: 777_600, limitSeconds: 864_000, overSeconds: -86_400, state: 'due' },
      { id: 'sold', state: 'due' },
      { id: 'large', dwellSeconds: 345_600, limitSeconds: null, state: 'ok' },
    ]);
    expect(report.totals).toEqual({
      count: 3,
      amounts: [{ value: '6300000.00', currency: 'CNY' }],
      states: { ok: 1, due: 2, over: 0, stale: 0 },
    });
  });

  it('comes page by page, all told as of the same instant', async () => {
    const first = await company.read('/api/aging?funnel=mill&limit=1');
    const second = await company.read(`/api/aging?funnel=mill&limit=1&cursor=${first.next}`);
    expect(second.asOf).toBe(first.asOf);
    expect(second.next).toBeNull();
    expect(new Set([first.items[0].id, second.items[0].id])).toEqual(new Set(['small', 'large']));
  });
});

describe('the report of a quota', () => {
  it('tells what is won and what is missing', async () => {
    const report = await company.read('/api/quotas/report?subject=rep-anna&period=2026-Q1');
    expect(report).toMatchObject({
      quota: { value: '300000.00', currency: 'CNY' },
      won: { value: '300000.00' },
      attainment: 1,
      gap: { value: '0.00' },
      from: '2025-12-31T16:00:00.000Z',
      to: '2026-03-31T16:00:00.000Z',
    });
  });

  it('has a line for each rep of a team', async () => {
    const { members } = await company.read('/api/quotas/report?subject=team-north&period=2026');
    expect(members).toMatchObject([{ repId: 'anna', name: 'Anna', wonCount: 1 }]);
  });
});

describe('people', () => {
  it('are listed with their teams, and move', async () => {
    await company.send('POST /api/reps/ben/move', { teamId: 'north' });
    const { items } = await company.read('/api/reps');
    expect(items).toMatchObject([
      { id: 'anna', teamId: 'north', email: 'anna@example.com' },
      { id: 'ben', teamId: 'north', memberships: [{ teamId: null }, { teamId: 'north' }] },
    ]);
    expect((await company.read('/api/teams')).items).toMatchObject([{ id: 'north', name: 'North', leaderId: 'mia' }]);
  });
});

describe('views', () => {
  it('tell how far they are, and are rebuilt while reads go on', async () => {
    const { items } = (await company.ask('GET /api/views')).body;
    expect(items).toHaveLength(9);
    expect(items.every(({ parked }: { parked: unknown[] }) => parked.length === 0)).toBe(true);
    expect(await company.ask('POST /api/views/deals/rebuild')).toMatchObject({ status: 202, body: { name: 'deals' } });
    expect((await company.read('/api/deals?limit=1')).items).toHaveLength(1);
    const release = await company.ask('POST /api/views/deals/parked/deal-small/release');
    expect(release).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('of alerts are empty while nothing is wrong', async () => {
    expect(await company.read('/api/alerts?status=open')).toEqual({ items: [], next: null });
  });
});

describe('a re-forecast', () => {
  const asked = { funnelId: 'mill', from: '2026-02-01', to: '2026-02-28', every: 'month' };
  const ask = async (said: object = {}) => {
    const answer = await company.ask('POST /api/reforecasts', { role: 'auditor', body: { ...asked, ...said } });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const cny = (value: string) => ({ value, currency: 'CNY' });

  it('weighs what stood open at the end of each period', async () => {
    const { periods, asOfPosition } = await ask();
    expect(periods).toEqual([
      {
        at: '2026-02-28T15:59:59.999Z',
        groups: [
          { key: 'total', count: 2, amount: cny('6000000.00'), forecast: cny('1250000.00'), realized: cny('0.00') },
        ],
      },
    ]);
    expect(asOfPosition).toBe(await company.head());
  });

  it('tells up to when what came is all that is to come', async () => {
    expect((await ask()).decidedUntil).toBeNull();
    expect((await ask({ horizonDays: 30 })).decidedUntil > '2026-03-01').toBe(true);
    expect(await ask({ horizonDays: 30, knownAt: '2100-01-31T00:00:00Z' })).toMatchObject({
      decidedUntil: '2100-01-01T00:00:00.000Z',
    });
  });

  it('takes other weights, and tells by its digest whether two answers agree', async () => {
    const [as, again, other] = [await ask(), await ask(), await ask({ weights: { last: 0.5 } })];
    expect(other.periods[0].groups[0].forecast).toEqual(cny('2750000.00'));
    expect(again.digest).toBe(as.digest);
    expect(other.digest).not.toBe(as.digest);
  });

  it('weighs by how long a deal has stood in its stage', async () => {
    const ageWeights = {
      first: [
        { fromDays: 0, weight: 0.1 },
        { fromDays: 20, weight: 0.05 },
      ],
    };
    // "small" had stood in its stage for 27 days, "large" in another one.
    expect((await ask({ ageWeights })).periods[0].groups[0].forecast).toEqual(cny('1050000.00'));
  });

  it('compares two sets of weights, or one with what was in force', async () => {
    const body = { ...asked, by: 'owner', candidate: { weights: { last: 0.5 } } };
    const answer = await company.ask('POST /api/reforecasts/comparison', { role: 'auditor', body });
    expect(answer.status).toBe(200);
    expect(answer.body.periods[0].groups).toEqual([
      {
        ...{ key: 'anna', count: 1, amount: cny('1000000.00'), realized: cny('0.00') },
        ...{ baseline: cny('250000.00'), candidate: cny('250000.00'), difference: cny('0.00') },
      },
      {
        ...{ key: 'ben', count: 1, amount: cny('5000000.00'), realized: cny('0.00') },
        ...{ baseline: cny('1000000.00'), candidate: cny('2500000.00'), difference: cny('1500000.00') },
      },
    ]);
    expect(answer.body.accuracy.baseline).toEqual({ wape: null, bias: null });
  });

  it('opens a cell to its deals and their events, page by page', async () => {
    const { periods } = await ask();
    const cell = { funnelId: 'mill', at: periods[0].at, limit: 1 };
    const open = async (said: object = {}) =>
      (await company.ask('POST /api/reforecasts/deals', { role: 'auditor', body: { ...cell, ...said } })).body;
    const first = await open();
    expect(first).toMatchObject({ key: 'total', count: 2, forecast: cny('1250000.00'), at: periods[0].at });
    const large = { dealId: 'large', title: 'Mill large', stage: 'last', ownerId: 'ben', weight: 0.2 };
    expect(first.items).toMatchObject([{ ...large, forecast: cny('1000000.00'), realized: null }]);
    const history = await company.read('/api/deals/large/history');
    expect(first.items[0].eventIds).toEqual(history.items.map(({ id }: { id: string }) => id));
    const second = await open({ cursor: first.next });
    expect([second.items[0].dealId, second.next]).toEqual(['small', null]);
  });

  it.each([
    ['reforecasts/deals', { at: '2026-02-28T15:59:59.999Z', cursor: 'zzz' }, '$.cursor'],
    ['reforecasts/deals', { at: 'yesterday' }, '$.at'],
    ['reforecasts/comparison', { from: '2026-02-01', to: '2026-02-02' }, '$.candidate'],
    [
      'reforecasts',
      { ...asked, ageWeights: { last: [9, 3].map((fromDays) => ({ fromDays, weight: 1 })) } },
      '$.ageWeights.last',
    ],
  ])('refuses a wrong question to %s and says what was wrong: %j', async (path, said, at) => {
    const body = { funnelId: 'mill', ...said };
    const answer = await company.ask(`POST /api/${path}`, { role: 'rep', body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed', errors: [{ path: at }] } });
  });

  it.each([
    ['reforecasts', { ...asked, ageWeights: { moon: [{ fromDays: 0, weight: 1 }] } }],
    ['reforecasts/comparison', { ...asked, candidate: { weights: { moon: 1 } } }],
  ])('refuses stages that the funnel never had in %s', async (path, body) => {
    const answer = await company.ask(`POST /api/${path}`, { role: 'rep', body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'stage-unknown' } });
  });

  it('groups by owner and by team as they were', async () => {
    const keysBy = async (by: string) =>
      (await ask({ by })).periods[0].groups.map(({ key }: { key: string | null }) => key);
    expect(await keysBy('owner')).toEqual(['anna', 'ben']);
    expect(await keysBy('team')).toEqual(['north', null]);
  });

  it('knows what was entered late a moment ago', async () => {
    await company.send('POST /api/deals', deal('late', '100.00', 'ben', '02-03'));
    expect((await ask()).periods[0].groups[0]).toMatchObject({ count: 3, forecast: cny('1250025.00') });
  });

  it('tells what one knew then, before the late entry', async () => {
    const body = await company.read('/api/deals/late/history');
    const before = new Date(Date.parse(body.items[0].recordedAt) - 1).toISOString();
    expect((await ask({ knownAt: before })).periods[0].groups[0]).toMatchObject({ count: 2 });
    expect((await ask({ knownAt: body.items[0].recordedAt })).periods[0].groups[0]).toMatchObject({ count: 3 });
  });

  it.each([
    [{ funnelId: 'moon' }, 422, 'funnel-unknown'],
    [{ weights: { moon: 0.5 } }, 422, 'stage-unknown'],
    [{ weights: { last: 1.5 } }, 400, 'malformed'],
    [{ to: '2026-01-31' }, 400, 'malformed'],
    [{ every: 'day', from: '1990-01-01' }, 400, 'malformed'],
  ])('refuses %j', async (said, status, code) => {
    const answer = await company.ask('POST /api/reforecasts', { role: 'rep', body: { ...asked, ...said } });
    expect(answer).toMatchObject({ status, body: { code } });
  });
});

describe('a waterfall', () => {
  const fall = async (query: string) => company.ask(`GET /api/funnels/mill/waterfall?${query}`, { role: 'auditor' });
  const instant = (day: string) => encodeURIComponent(`2026-${day}T09:00:00+08:00`);

  it('tells how one day’s funnel became another’s, with the events', async () => {
    await company.send('POST /api/deals/small/value', {
      amount: { value: '900000.00', currency: 'CNY' },
      ...on('02-09'),
    });
    const { status, body } = await fall(`from=${instant('02-05')}&to=${instant('02-20')}`);
    expect(status).toBe(200);
    expect([body.opening.count, body.opening.amount.value]).toEqual([4, '6300100.00']);
    const told = body.lines.map((line: { line: string; amount: { value: string }; events: object[] }) => {
      return [line.line, line.amount.value, line.events.length];
    });
    expect(told).toEqual([
      ['added', '0.00', 0],
      ['up', '0.00', 0],
      ['down', '100000.00', 1],
      ['reopened', '0.00', 0],
      ['won', '300000.00', 1],
      ['lost', '0.00', 0],
    ]);
    expect([body.closing.count, body.closing.amount.value]).toEqual([3, '5900100.00']);
    const history = await company.read('/api/deals/small/history');
    expect(body.lines[2].events[0]).toMatchObject({
      ...{ dealId: 'small', title: 'Mill small' },
      eventId: history.items.at(-1).id,
    });
  });

  it('keeps to the deals of a team, and tells what was handed over to it', async () => {
    await company.send('POST /api/deals/large/owner', { ownerId: 'anna', reason: 'territories', ...on('02-12') });
    const asked = `from=${instant('02-05')}&to=${instant('02-20')}`;
    const { body } = await fall(`${asked}&team=north&region=North`);
    const amounts = Object.fromEntries(
      body.lines.map(({ line, amount }: { line: string; amount: { value: string } }) => [line, Number(amount.value)]),
    );
    expect(amounts).toMatchObject({ won: 300_000, movedIn: 5_000_000, movedOut: 0 });
    const { added, up, down, reopened, won, lost, movedIn, movedOut } = amounts;
    expect(Number(body.opening.amount.value) + added + up - down + reopened - won - lost + movedIn - movedOut).toBe(
      Number(body.closing.amount.value),
    );
    const history = await company.read('/api/deals/large/history');
    expect(body.lines[6].events).toMatchObject([{ dealId: 'large', eventId: history.items.at(-1).id }]);
    expect([body.regions, body.industries]).toEqual([['North'], []]);
    const { body: ofBen } = await fall(`${asked}&owner=ben`);
    expect(ofBen.lines.at(-1)).toMatchObject({ line: 'movedOut', amount: { value: '5000000.00' } });
    expect((await fall(`${asked}&region=South`)).body.closing.count).toBe(0);
  });

  it.each([
    ['from=yesterday', 400, 'malformed'],
    [`from=${instant('02-05')}&to=${instant('02-04')}`, 400, 'malformed'],
    ['', 400, 'malformed'],
  ])('refuses %s', async (query, status, code) => {
    expect(await fall(query)).toMatchObject({ status, body: { code } });
  });
  it('is of a funnel that there is', async () => {
    const answer = await company.ask(`GET /api/funnels/moon/waterfall?from=${instant('02-05')}`, { role: 'rep' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found', detail: 'There is no funnel "moon".' } });
  });
});

describe('a calibration', () => {
  const asked = { funnelId: 'mill', from: '2026-02-01', to: '2026-02-28', every: 'week', split: '2026-02-08' };
  const ask = (said: object = {}) =>
    company.ask('POST /api/calibrations', { role: 'auditor', body: { ...asked, ...said } });

  it('learns weights before the split and judges them after it', async () => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect([body.learntOn.length, body.judgedOn.length]).toEqual([2, 3]);
    // On 1 February three deals stood in the first stage, one of which was sold; a week later three with the late one.
    expect(body.stages).toMatchObject([
      { stage: 'first', weight: 0.25, count: 6, wins: 2, byCount: 0.3333, realized: { value: '600000.00' } },
      { stage: 'last', weight: 0.2, count: 1, wins: 0, byCount: 0, byAmount: 0 },
    ]);
    expect(body.judged.byCount.brier).toBeGreaterThan(0);
    expect((await ask()).body.digest).toBe(body.digest);
  });

  it.each([
    [{ split: '2026-01-20' }, 400, 'malformed'],
    [{ split: '2026-03-20' }, 400, 'malformed'],
    [{ split: 'soon' }, 400, 'malformed'],
    [{ gapDays: 30 }, 400, 'malformed'],
    [{ horizonDays: 36_500 }, 400, 'malformed'],
    [{ funnelId: 'moon' }, 422, 'funnel-unknown'],
  ])('refuses %j', async (said, status, code) => {
    expect(await ask(said)).toMatchObject({ status, body: { code } });
  });
});

describe('an aging report that is read while deals change', () => {
  const add = async (...ids: readonly string[]) => {
    for (const id of ids) await company.send('POST /api/deals', deal(id, '1.00', 'cara', '02-20'));
  };
  const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
  beforeAll(() => company.send('POST /api/reps', { id: 'cara', name: 'Cara', ...on('01-01') }));

  it('can be asked for the deals that changed alone', async () => {
    await add('stays', 'goes', 'other');
    await company.send('POST /api/deals/goes/lose', { reason: 'price' });
    const changed = await company.read('/api/aging?funnel=mill&ids=stays,goes,nowhere');
    expect(changed).toMatchObject({ items: [{ id: 'stays' }], next: null, totals: { count: 1 } });
    const before = await company.read('/api/aging?ids=sold,small&asOf=2026-02-10T09:00:00%2B08:00');
    expect(ids(before)).toEqual(['small', 'sold']);
    const answer = await company.ask('GET /api/aging?ids=a,,b');
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'query.ids', got: 'a,,b' }] } });
  });

  it('leaves nothing out where a deal of the page before has gone', async () => {
    await add('one', 'two', 'three');
    const first = await company.read('/api/aging?owner=cara&limit=2');
    const [gone] = ids(first);
    await company.send(`POST /api/deals/${gone}/lose`, { reason: 'price' });
    const second = await company.read(`/api/aging?owner=cara&limit=9&cursor=${first.next}`);
    expect([...ids(first), ...ids(second)].toSorted()).toEqual(['one', 'other', 'stays', 'three', 'two']);
  });
});
