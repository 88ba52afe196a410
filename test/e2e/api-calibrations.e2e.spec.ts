import { RunningCompany } from './running-company.ts';

let company: RunningCompany;
const on = (month: number, day: number) => ({
  occurredAt: `2026-0${month}-${`${day}`.padStart(2, '0')}T09:00:00+08:00`,
});

/** In each of three months four deals come on the first; one of them is sold two months later. */
beforeAll(async () => {
  company = await RunningCompany.start();
  const stages = [
    { key: 'first', label: 'First', weight: 0.5, part: 'top' },
    { key: 'last', label: 'Last', weight: 0.9, part: 'bottom' },
  ];
  await company.send('PUT /api/funnels/mill', { label: 'Mill', stages, occurredAt: '2026-01-01T00:00:00Z' });
  for (const month of [1, 2, 3]) {
    for (const name of ['a', 'b', 'c', 'd']) {
      const id = `${name}-${month}`;
      const amount = { value: '100.00', currency: 'CNY' };
      await company.send('POST /api/deals', {
        ...{ id, title: id, customer: { name: id }, amount, ownerId: name === 'a' ? 'anna' : 'ben', funnelId: 'mill' },
        ...on(month, 1),
      });
    }
    await company.send(`POST /api/deals/a-${month}/win`, on(month + 2, 1));
  }
});
afterAll(() => company.stop());

const asked = { funnelId: 'mill', from: '2026-01-01', to: '2026-04-30', split: '2026-02-28' };
const calibrate = (said: object = {}) =>
  company.ask('POST /api/calibrations', { role: 'auditor', body: { ...asked, ...said } });
const adopt = (said: object, role = 'manager', headers = {}) =>
  company.ask('POST /api/calibrations/adopt', { role, headers, body: { ...asked, basis: 'count', least: 5, ...said } });

describe('a calibration by time in stage and by segment', () => {
  it('has a line for each cell, with its sample', async () => {
    const { status, body } = await calibrate({ ageDays: [45], segment: 'owner' });
    expect(status).toBe(200);
    // January's deals stand for 30 days at its end and for 58 at the end of February, when February's stand for 27.
    expect(
      body.refined.cells.map(({ fromDays, untilDays, segment, count, deals, wins }: Record<string, unknown>) => {
        return [fromDays, untilDays, segment, count, deals, wins];
      }),
    ).toEqual([
      [0, 45, 'anna', 2, 2, 2],
      [0, 45, 'ben', 6, 6, 0],
      [45, null, 'anna', 1, 1, 1],
      [45, null, 'ben', 3, 3, 0],
    ]);
    expect(body.refined.judged.brier).toBeLessThan(body.judged.byCount.brier);
  });

  it('tells nothing of it where it was not asked for', async () => expect((await calibrate()).body.refined).toBeNull());

  it.each([[{ ageDays: [] }], [{ ageDays: [90, 30] }], [{ ageDays: [0] }], [{ segment: 'moon' }]])(
    'refuses %j',
    async (said) => expect(await calibrate(said)).toMatchObject({ status: 400, body: { code: 'malformed' } }),
  );
});

describe('adopting a calibration', () => {
  it('is for managers, and of a calibration that was looked at', async () => {
    const { digest } = (await calibrate()).body;
    expect(await adopt({ digest }, 'rep')).toMatchObject({ status: 403 });
    expect(await adopt({ digest: 'abc' })).toMatchObject({ status: 400, body: { code: 'malformed' } });
    expect(await adopt({ digest, funnelId: 'moon' })).toMatchObject({ status: 422, body: { code: 'funnel-unknown' } });
  });

  it('is refused where history says something else by now', async () => {
    const { digest } = (await calibrate()).body;
    const amount = { value: '100.00', currency: 'CNY' };
    const late = { id: 'late', title: 'Late', customer: { name: 'Late' }, amount, ownerId: 'ben', funnelId: 'mill' };
    await company.send('POST /api/deals', { ...late, ...on(1, 20) });
    const { status, body } = await adopt({ digest });
    expect([status, body.code]).toEqual([409, 'calibration-moved']);
    expect(body.digest).toBe((await calibrate()).body.digest);
  });

  it('revises the funnel and records the evidence', async () => {
    const { digest } = (await calibrate()).body;
    const { status, body, headers } = await adopt({ digest });
    expect([status, headers.get('etag')]).toEqual([200, '"1"']);
    // Fourteen stood in the first stage at two period ends, three of them were sold.
    expect(body).toMatchObject({
      ...{ id: 'mill', revision: 1, digest, basis: 'count' },
      stages: [
        { stage: 'first', before: 0.5, after: 0.2143, count: 14, deals: 9, adopted: true },
        { stage: 'last', before: 0.9, after: 0.9, count: 0, deals: 0, adopted: false },
      ],
    });
    const shown = await company.ask(`GET /api/funnels/mill?after=${body.position}`);
    expect(shown.body.versions[1]).toMatchObject({
      reason: expect.stringContaining(digest.slice(0, 12)),
      evidence: { kind: 'calibration', digest, basis: 'count', least: 5, learntOn: expect.any(Array) },
    });
    expect(shown.body.stages[0].weight).toBe(0.2143);
    expect(shown.body.versions[1].evidence.scores.after.brier).toBeLessThan(
      shown.body.versions[1].evidence.scores.before.brier,
    );
  });

  it('again changes nothing, and a version that somebody else has revised is not overwritten', async () => {
    const { digest } = (await calibrate()).body;
    expect(await adopt({ digest })).toMatchObject({ status: 200, body: { revision: 1 } });
    expect(await adopt({ digest }, 'manager', { 'if-match': '"0"' })).toMatchObject({ status: 412 });
  });
});
