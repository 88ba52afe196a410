import { RunningCompany } from './running-company.ts';

let company: RunningCompany;

const on = (day: string) => ({ occurredAt: `2026-${day}T09:00:00+08:00` });
const deal = (id: string, ownerId: string, day: string) => ({
  ...{ id, title: id, customer: { name: id }, ownerId, funnelId: 'mill' },
  ...{ amount: { value: '1000.00', currency: 'CNY' }, ...on(day) },
});

beforeAll(async () => {
  company = await RunningCompany.start();
  const stages = [
    { key: 'first', label: 'First', weight: 0.25, part: 'top' },
    { key: 'last', label: 'Last', weight: 0.5, part: 'bottom' },
  ];
  await company.send('PUT /api/funnels/mill', { label: 'Mill', stages, ...on('01-01') });
  await company.send('POST /api/teams', { id: 'north', name: 'North', ...on('01-01') });
  await company.send('POST /api/reps', { id: 'anna', name: 'Anna', teamId: 'north', ...on('01-01') });
  await company.send('PUT /api/quotas/team-north/2026', {
    amount: { value: '4000.00', currency: 'CNY' },
    ...on('01-01'),
  });
  await company.send('POST /api/deals', deal('small', 'anna', '02-01'));
  await company.send('POST /api/deals', deal('large', 'ben', '02-02'));
  await company.send('POST /api/deals', deal('sold', 'anna', '02-03'));
  await company.send('POST /api/deals/large/advance', { to: 'last', ...on('02-06') });
  await company.send('POST /api/deals/sold/win', on('02-11'));
  await company.send('POST /api/deals/small/lose', { reason: 'price', ...on('02-12') });
});
afterAll(async () => {
  await company.stop();
});

describe('the deals behind a figure of the report', () => {
  const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
  const cohort = (query: string) => company.read(`/api/funnels/mill/cohort?${query}`);

  it('are as many as it counts, whatever became of them', async () => {
    const { stages } = await company.read('/api/funnels/mill/report');
    for (const { key, entered, advanced, lost, stillThere } of stages) {
      expect((await cohort(`stage=${key}`)).items).toHaveLength(entered);
      for (const [outcome, count] of Object.entries({ advanced, lost, stillThere }))
        expect((await cohort(`stage=${key}&outcome=${outcome}`)).items).toHaveLength(count as number);
    }
    expect(ids(await cohort('stage=first&outcome=lost'))).toEqual(['small']);
    expect(ids(await cohort('stage=first&outcome=advanced'))).toEqual(['sold', 'large']);
  });

  it('are those of an owner and a period, page by page', async () => {
    expect(ids(await cohort('stage=first&owner=ben'))).toEqual(['large']);
    expect(ids(await cohort(`stage=first&from=${encodeURIComponent('2026-02-02T00:00:00+08:00')}`))).toEqual([
      'sold',
      'large',
    ]);
    const first = await cohort('stage=first&limit=2');
    const second = await cohort(`stage=first&limit=2&cursor=${encodeURIComponent(first.next)}`);
    expect([ids(first), ids(second)]).toEqual([['sold', 'large'], ['small']]);
    expect(second.next).toBeNull();
  });

  it('are refused without a stage, and of a funnel that is not there', async () => {
    const ask = (path: string) => company.ask(`GET ${path}`, { role: 'rep' });
    expect(await ask('/api/funnels/mill/cohort')).toMatchObject({ status: 400 });
    expect(await ask('/api/funnels/moon/cohort?stage=first')).toMatchObject({ status: 404 });
  });
});

describe('the quota of a team', () => {
  it('is told of every team at once, and says the same as that of each', async () => {
    const {
      subject: _,
      currency: __,
      members: ___,
      ...north
    } = await company.read('/api/quotas/report?subject=team-north&period=2026');
    const { items, ...shared } = await company.read('/api/quotas/teams?period=2026');
    expect(items).toHaveLength(1);
    const [{ teamId, name, ...figures }] = items;
    expect([teamId, name, figures.attainment]).toEqual(['north', 'North', 0.25]);
    expect({ ...shared, ...figures }).toEqual({ ...north, asOf: shared.asOf, position: shared.position });
    expect((await company.read('/api/quotas/teams?period=2026&asOf=2025-01-01T00:00:00Z')).items).toEqual([]);
  });
});

describe('a waterfall after a command', () => {
  const fall = (after: string) =>
    company.ask(`GET /api/funnels/mill/waterfall?from=2026-02-05T09:00:00Z&owner=jo&after=${after}`, { role: 'rep' });

  it('tells what has just been written, or that it has not been seen yet', async () => {
    const { position } = await company.send('POST /api/deals', deal('just-now', 'jo', '02-19'));
    const { body } = await fall(position);
    expect(body.lines[0]).toMatchObject({ line: 'added', events: [{ dealId: 'just-now', title: 'just-now' }] });
    const answer = await fall(`${Number(position) + 1_000_000}`);
    expect(answer).toMatchObject({ status: 503, body: { code: 'view-behind' } });
  }, 20_000);
});
