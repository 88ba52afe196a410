import { RunningCompany, type Answer } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
});
afterAll(async () => {
  await company.stop();
});

const prospect = {
  title: 'Pumps for the north works',
  customer: { name: 'North Works', class: 'target', region: 'North', industry: 'Water' },
  amount: { value: '1000000.00', currency: 'CNY' },
  funnelId: 'six-step',
  ownerId: 'anna',
};
const add = async (id: string, more: object = {}): Promise<Answer> => {
  const answer = await company.ask('POST /api/deals', { body: { id, ...prospect, ...more } });
  expect(answer).toMatchObject({ status: 201, body: { id } });
  return answer;
};
/** Sends a command, and reads the deal as it is after it. */
const after = async (id: string, line: string, body?: object): Promise<Answer> => {
  const done = await company.ask(line.replace(' ', ` /api/deals/${id}`), { body });
  expect(done).toMatchObject({ status: 200, body: { id } });
  const shown = await company.ask(`GET /api/deals/${id}?after=${done.body.position}`);
  expect(shown.headers.get('etag')).toBe(done.headers.get('etag'));
  return shown;
};

describe('a deal', () => {
  it('is added and read back as soon as it is asked for', async () => {
    const added = await add('pumps');
    expect(added).toMatchObject({ status: 201, body: { id: 'pumps', revision: 0 } });
    expect(added.headers.get('etag')).toBe('"0"');
    const shown = await company.ask(`GET /api/deals/pumps?after=${added.body.position}`);
    expect(shown).toMatchObject({ status: 200, body: { stage: 'lead', status: 'open', ownerId: 'anna' } });
  });

  it('walks from its first record to being won, and remembers each step', async () => {
    await add('walk', { occurredAt: '2026-01-10T09:00:00+08:00', expectedClose: '2026-06-30' });
    const at = (day: string) => ({ occurredAt: `2026-${day}T09:00:00+08:00` });
    const steps: [line: string, body: object, expected: object][] = [
      ['POST /contacts', { kind: 'visit', note: 'friendly', ...at('01-11') }, { contacts: 1 }],
      [
        'POST /next-step',
        { action: 'Offer', dueAt: '2026-02-01T09:00:00+08:00', ...at('01-12') },
        { nextStepStanding: 'open' },
      ],
      ['POST /next-step/complete', { outcome: 'sent', ...at('02-01') }, { nextStepStanding: 'completed' }],
      ['POST /advance', { to: 'need', ...at('02-02') }, { stage: 'need', stageEntry: 2 }],
      ['POST /regress', { to: 'contact', ...at('02-03') }, { stage: 'contact', stageEntry: 3 }],
      [
        'POST /value',
        { amount: { value: '900000.50', currency: 'CNY' }, ...at('02-04') },
        { amount: { value: '900000.50' } },
      ],
      ['POST /value', { expectedClose: '2026-09-30', ...at('02-05') }, { pushes: { count: 1, days: 92 } }],
      ['PUT /weight', { weight: 0.35, reason: 'the budget is there', ...at('02-06') }, { weightOverride: 0.35 }],
      ['DELETE /weight', at('02-07'), { weightOverride: null }],
      ['POST /owner', { ownerId: 'ben', reason: 'holidays', ...at('02-08') }, { ownerId: 'ben' }],
      ['POST /lose', { reason: 'price', competitor: 'Acme', ...at('02-09') }, { status: 'lost', competitor: 'Acme' }],
      ['POST /reopen', { reason: 'they came back', ...at('02-10') }, { status: 'open', stage: 'contact' }],
      [
        'POST /win',
        { amount: { value: '880000.00', currency: 'CNY' }, ...at('02-11') },
        { status: 'won', amount: { value: '880000.00' } },
      ],
    ];
    for (const [line, body, expected] of steps) expect((await after('walk', line, body)).body).toMatchObject(expected);
    const { body: history } = await company.ask('GET /api/deals/walk/history?limit=200');
    expect(history.items).toHaveLength(14);
    expect(history.items.at(-1)).toMatchObject({
      type: 'DealWon',
      occurredAt: '2026-02-11T01:00:00.000Z',
      actor: { user: 'manager', role: 'manager' },
      data: { amount: { value: '880000.00', currency: 'CNY' } },
    });
  });

  it('is shown as it stood at a past instant', async () => {
    await after('walk', 'POST /contacts', { kind: 'call' });
    const { body } = await company.ask('GET /api/deals/walk?asOf=2026-02-02T12:00:00%2B08:00');
    expect(body).toMatchObject({ stage: 'need', status: 'open', amount: { value: '1000000.00' }, ownerId: 'anna' });
    expect(await company.ask('GET /api/deals/walk?asOf=2025-12-31T00:00:00Z')).toMatchObject({
      status: 404,
      body: { code: 'deal-absent' },
    });
  });

  it('advances only when the exit criteria of its stage are met', async () => {
    await add('criteria', { funnelId: 'funnel-list', stage: 'p25' });
    const refused = await company.ask('POST /api/deals/criteria/advance', { body: { to: 'p50' } });
    expect(refused).toMatchObject({ status: 422, body: { code: 'criteria-unmet' } });
    expect(refused.body.unmet).toEqual(['first-appointment', 'project-approved', 'plan-made']);
    for (const key of refused.body.unmet) await after('criteria', `PUT /criteria/${key}`);
    await after('criteria', 'DELETE /criteria/plan-made');
    expect(await company.ask('POST /api/deals/criteria/advance', { body: { to: 'p50' } })).toMatchObject({
      status: 422,
    });
    const override = { reason: 'the customer signs today' };
    const byRep = await company.ask('POST /api/deals/criteria/advance', { role: 'rep', body: { to: 'p50', override } });
    expect(byRep).toMatchObject({ status: 403, body: { code: 'override-not-permitted' } });
    expect((await after('criteria', 'POST /advance', { to: 'p50', override })).body).toMatchObject({ stage: 'p50' });
  });

  it('belongs to the rep who adds it, unless he says otherwise', async () => {
    const { ownerId: _, ...body } = prospect;
    const own = await company.ask('POST /api/deals', { role: 'rep', user: 'carla', body });
    const free = await company.ask('POST /api/deals', { role: 'manager', body });
    const ownerOf = async ({ body: { id, position } }: Answer) =>
      (await company.ask(`GET /api/deals/${id}?after=${position}`)).body.ownerId;
    expect([await ownerOf(own), await ownerOf(free)]).toEqual(['carla', null]);
  });

  it('in another currency is converted at the rate beside it', async () => {
    const amount = { value: '1000.00', currency: 'USD' };
    const refused = await company.ask('POST /api/deals', { body: { ...prospect, amount } });
    expect(refused).toMatchObject({ status: 422, body: { code: 'currency-mismatch', expected: 'CNY', got: 'USD' } });
    const added = await add('dollars', { amount, rate: '7.125' });
    const { body } = await company.ask(`GET /api/deals/dollars?after=${added.body.position}`);
    expect(body).toMatchObject({ amount: { value: '7125.00', currency: 'CNY' }, conversion: { original: amount } });
  });

  it('is found by owner, team, stage, status, customer and words, page by page', async () => {
    await company.ask('POST /api/teams', { body: { id: 'south', name: 'South' } });
    const joined = await company.ask('POST /api/reps', { body: { id: 'dora', name: 'Dora', teamId: 'south' } });
    expect(joined.status).toBe(201);
    const customer = { name: 'South Mills', region: 'South' };
    for (const id of ['s1', 's2', 's3']) await add(id, { customer, ownerId: 'dora', stage: 'proposal' });
    const { body: done } = await company.ask('POST /api/deals/s3/lose', { body: { reason: 'price' } });
    const found = async (query: string) => {
      const { body } = await company.ask(`GET /api/deals?${query}&after=${done.position}`);
      return body.items.map(({ id }: { id: string }) => id).sort();
    };
    expect(await found('owner=dora')).toEqual(['s1', 's2', 's3']);
    expect(await found('team=south')).toEqual(['s1', 's2', 's3']);
    expect(await found('team=south&status=open')).toEqual(['s1', 's2']);
    expect(await found('stage=proposal&status=lost')).toEqual(['s3']);
    expect(await found('customer=South%20Mills')).toEqual(['s1', 's2', 's3']);
    expect(await found('q=mills%20S2')).toEqual(['s2']);
    expect(await found('q=.*')).toEqual([]);
    const first = await company.ask('GET /api/deals?owner=dora&limit=2');
    const second = await company.ask(`GET /api/deals?owner=dora&limit=2&cursor=${first.body.next}`);
    expect([first, second].map(({ body }) => body.items.length)).toEqual([2, 1]);
    expect(second.body.next).toBeNull();
  });
});

describe('the same command sent twice', () => {
  it('under one key is done once and answered the same', async () => {
    const sent = { body: prospect, headers: { 'idempotency-key': 'a first deal' } };
    const first = await company.ask('POST /api/deals', sent);
    const head = await company.head();
    const again = await company.ask('POST /api/deals', sent);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await company.head()).toBe(head);
  });

  it('under one key with another body is refused', async () => {
    const headers = { 'idempotency-key': 'a second deal' };
    await company.ask('POST /api/deals', { body: prospect, headers });
    const other = await company.ask('POST /api/deals', { body: { ...prospect, title: 'Valves' }, headers });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('under the same key by another user is another command', async () => {
    const sent = { body: prospect, headers: { 'idempotency-key': 'a third deal' } };
    const answers = [
      await company.ask('POST /api/deals', sent),
      await company.ask('POST /api/deals', { ...sent, user: 'eva' }),
    ];
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(2);
  });
});

describe('a command on a revision', () => {
  it('is done while nobody else was faster', async () => {
    await add('tagged');
    const headers = { 'if-match': '"0"' };
    const [first, second] = [
      await company.ask('POST /api/deals/tagged/advance', { body: { to: 'need' }, headers }),
      await company.ask('POST /api/deals/tagged/advance', { body: { to: 'proposal' }, headers }),
    ];
    expect(first).toMatchObject({ status: 200, body: { revision: 1 } });
    expect(second).toMatchObject({ status: 412, body: { code: 'stale-revision', revision: 1 } });
    expect(second.headers.get('etag')).toBe('"1"');
  });
});
