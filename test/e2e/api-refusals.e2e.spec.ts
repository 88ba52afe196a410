import { RunningCompany, type Ask } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
  await company.ask('POST /api/deals', { body: { id: 'taken', ...deal } });
});
afterAll(async () => {
  await company.stop();
});

const deal = {
  title: 'Pumps',
  customer: { name: 'North Works' },
  amount: { value: '1000.00', currency: 'CNY' },
  funnelId: 'six-step',
};
const post = 'POST /api/deals';
const advance = 'POST /api/deals/taken/advance';
const add = (more: object): Ask => ({ body: { ...deal, ...more } });
const tag = (value: string): Ask => ({ body: { to: 'need' }, headers: { 'if-match': value } });
const raw = (text: string, headers: Record<string, string> = {}): Ask => ({ raw: text, headers });

type Case = [what: string, line: string, ask: Ask, status: number, code: string, place?: string];
const rows: Case[] = [
  ['an unknown stage', post, add({ stage: 'limbo' }), 422, 'stage-unknown'],
  ['an advance to an unknown stage', advance, { body: { to: 'limbo' } }, 422, 'stage-unknown'],
  ['a negative amount', post, add({ amount: { value: '-1.00', currency: 'CNY' } }), 422, 'amount-negative'],
  ['five decimals', post, add({ amount: { value: '1.00001', currency: 'CNY' } }), 400, 'malformed', '$.amount.value'],
  [
    'an amount as a JSON number',
    post,
    add({ amount: { value: 1, currency: 'CNY' } }),
    400,
    'malformed',
    '$.amount.value',
  ],
  [
    'a currency that is none',
    post,
    add({ amount: { value: '1', currency: 'XQQ' } }),
    400,
    'malformed',
    '$.amount.currency',
  ],
  ['another currency without a rate', post, add({ amount: { value: '1', currency: 'USD' } }), 422, 'currency-mismatch'],
  ['an unknown funnel', post, add({ funnelId: 'nowhere' }), 422, 'funnel-unknown'],
  ['an unknown field', post, add({ colour: 'red' }), 400, 'malformed', '$.colour'],
  ['a missing field', post, { body: { ...deal, title: undefined } }, 400, 'malformed', '$.title'],
  ['an id that cannot be one', post, add({ id: 'a/b' }), 400, 'malformed', '$.id'],
  ['an id that is taken', post, add({ id: 'taken' }), 409, 'deal-exists'],
  ['a fact from the year 9999', post, add({ occurredAt: '9999-12-31T00:00:00Z' }), 400, 'malformed', '$.occurredAt'],
  ['a fact from the year 2150', post, add({ occurredAt: '2150-01-01T00:00:00Z' }), 422, 'occurred-in-future'],
  ['a fact without an offset', post, add({ occurredAt: '2026-01-01T00:00:00' }), 400, 'malformed', '$.occurredAt'],
  ['a close expected in 9999', post, add({ expectedClose: '9999-12-31' }), 400, 'malformed', '$.expectedClose'],
  ['broken JSON', post, raw('{"title": '), 400, 'malformed'],
  ['an empty body', post, raw(''), 400, 'malformed', '$.title'],
  ['a list as body', post, raw('[]'), 400, 'malformed', '$'],
  ['a body that poisons prototypes', post, raw('{"__proto__": {"role": "admin"}}'), 400, 'malformed'],
  [
    'a body that is not JSON',
    post,
    raw('title=Pumps', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'unsupported-media-type',
  ],
  [
    'a body that is packed',
    post,
    { body: deal, headers: { 'content-encoding': 'gzip' } },
    415,
    'unsupported-media-type',
  ],
  ['a part of an address of 600 letters', `GET /api/deals/${'a'.repeat(600)}`, {}, 400, 'malformed', 'path'],
  [
    'a form without a boundary',
    'POST /api/imports',
    raw('x', { 'content-type': 'multipart/form-data' }),
    400,
    'malformed',
    '$',
  ],
  [
    'a form that is torn',
    'POST /api/imports',
    raw('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc', {
      'content-type': 'multipart/form-data; boundary=b',
    }),
    400,
    'malformed',
    '$',
  ],
  ['a stale revision', advance, tag('"7"'), 412, 'stale-revision'],
  ['a revision without quotes', advance, tag('0'), 400, 'malformed', 'header.If-Match'],
  ['any revision', advance, tag('*'), 400, 'malformed', 'header.If-Match'],
  [
    'a key with control characters',
    advance,
    { body: { to: 'need' }, headers: { 'idempotency-key': 'a\tb' } },
    400,
    'malformed',
    'header.Idempotency-Key',
  ],
  [
    'a key of 201 letters',
    advance,
    { body: { to: 'need' }, headers: { 'idempotency-key': 'k'.repeat(201) } },
    400,
    'malformed',
    'header.Idempotency-Key',
  ],
  ['a deal that is not there', 'POST /api/deals/nobody/win', {}, 404, 'deal-absent'],
  ['a deal whose name cannot be one', 'POST /api/deals/%20/win', {}, 400, 'malformed', 'path.id'],
  ['a reopening of an open deal', 'POST /api/deals/taken/reopen', { body: { reason: 'x' } }, 409, 'deal-not-closed'],
  [
    'a weight of five decimals',
    'PUT /api/deals/taken/weight',
    { body: { weight: 0.12345, reason: 'x' } },
    400,
    'malformed',
    '$.weight',
  ],
  ['a criterion of no stage', 'PUT /api/deals/taken/criteria/nothing', {}, 422, 'criterion-unknown'],
  ['a completed step that was not set', 'POST /api/deals/taken/next-step/complete', {}, 409, 'no-open-next-step'],
  ['a rep who is not there', 'POST /api/reps/nobody/move', { body: { teamId: null } }, 404, 'rep-absent'],
  ['an alert that is not there', 'POST /api/alerts/nothing/acknowledge', {}, 404, 'alert-absent'],
  [
    'a quota of nobody',
    'PUT /api/quotas/somebody/2026',
    { body: { amount: deal.amount } },
    400,
    'malformed',
    'path.subject',
  ],
  [
    'a quota of no year',
    'PUT /api/quotas/company/26',
    { body: { amount: deal.amount } },
    400,
    'malformed',
    'path.year',
  ],
  [
    'a funnel without stages',
    'PUT /api/funnels/empty',
    { body: { label: 'x', stages: [] } },
    400,
    'malformed',
    '$.stages',
  ],
  ['a view that is not there', 'POST /api/views/nothing/rebuild', {}, 404, 'not-found'],
  ['an unknown filter', 'GET /api/deals?colour=red', {}, 400, 'malformed', 'query.colour'],
  ['a limit too far', 'GET /api/deals?limit=201', {}, 400, 'malformed', 'query.limit'],
  ['a cursor from nowhere', 'GET /api/deals?cursor=abc', {}, 400, 'malformed', 'query.cursor'],
  ['a position that is none', 'GET /api/deals?after=soon', {}, 400, 'malformed', 'query.after'],
  [
    'a report backwards in time',
    'GET /api/funnels/six-step/report?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z',
    {},
    400,
    'malformed',
    'query.to',
  ],
  ['a report of no funnel', 'GET /api/funnels/nowhere/report', {}, 404, 'not-found'],
  [
    'a quarter that is none',
    'GET /api/quotas/report?subject=company&period=2026-Q5',
    {},
    400,
    'malformed',
    'query.period',
  ],
  [
    'a year before all time',
    'GET /api/quotas/report?subject=company&period=0000',
    {},
    400,
    'malformed',
    'query.period',
  ],
  ['events of no type', 'GET /api/events?types=Nothing', {}, 400, 'malformed', 'query.types'],
  ['an address that is none', 'GET /api/nothing', {}, 404, 'not-found'],
  ['an address that cannot be decoded', 'GET /api/deals/%E0%A4%A', {}, 400, 'malformed'],
  ['a method that is not taken', 'DELETE /api/deals/taken', {}, 405, 'method-not-allowed'],
];
const cases = rows.map(([what, line, ask, status, code, place]) => ({ what, line, ask, status, code, place }));

describe('what the API refuses', () => {
  it.each(cases)('$what: a problem, and nothing in the log', async ({ line, ask, status, code, place }) => {
    const before = await company.head();
    const { status: got, headers, body } = await company.ask(line, ask);
    expect({ status: got, code: body.code, type: headers.get('content-type') }).toEqual({
      status,
      code,
      type: 'application/problem+json',
    });
    expect(body).toMatchObject({ status, title: expect.stringMatching(/./), detail: expect.stringMatching(/\w/) });
    expect(body.instance).toBe(`urn:uuid:${headers.get('x-request-id')}`);
    if (place !== undefined)
      expect(body.errors[0]).toMatchObject({ path: place, expected: expect.stringMatching(/./) });
    expect(await company.head()).toBe(before);
  });

  it('a body of ten megabytes, without reading it to its end', async () => {
    const before = await company.head();
    const body = JSON.stringify({ ...deal, title: 'x'.repeat(10 * 1024 * 1024) });
    const answer = await company.ask(post, { raw: body });
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload-too-large' } });
    expect(await company.head()).toBe(before);
  });

  it('what the views have not seen in time, with a time to come back', async () => {
    const ahead = `${BigInt((await company.head()).split('-')[0] ?? 0) + 1_000_000n}`;
    const { status, headers, body } = await company.ask(`GET /api/deals/taken?after=${ahead}`);
    expect({ status, code: body.code, retry: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'view-behind',
      retry: '1',
    });
  });

  it('every fault of a body at once', async () => {
    const { body } = await company.ask(post, add({ title: '', funnelId: 7, colour: 'red' }));
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['$.colour', '$.funnelId', '$.title']);
  });

  it('with the methods that an address does take', async () => {
    const { headers } = await company.ask('PATCH /api/deals/taken');
    expect(headers.get('allow')).toBe('GET');
  });
});
