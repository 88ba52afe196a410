import { routes, type RouteContract } from '@funnel/contracts';
import { SignJWT } from 'jose';
import { RunningCompany, tokenOf } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
});
afterAll(async () => {
  await company.stop();
});

const table = Object.values<RouteContract>(routes);
const lineOf = ({ method, path }: RouteContract) => `${method} ${path.replace(/:\w+/g, 'x')}`;
const guarded = table.filter(({ roles }) => roles !== 'open').map(lineOf);
const deal = {
  title: 'Pumps',
  customer: { name: 'North Works' },
  amount: { value: '1000.00', currency: 'CNY' },
  funnelId: 'six-step',
};

describe('without a token', () => {
  it.each(guarded)('%s is not answered', async (line) => {
    const { status, headers, body } = await company.ask(line, { role: null });
    expect({ status, code: body.code, asks: headers.get('www-authenticate') }).toEqual({
      status: 401,
      code: 'unauthenticated',
      asks: 'Bearer realm="funnel-ledger"',
    });
  });

  it.each(['GET /api', 'GET /api/', 'GET /api/nothing', 'GET /%61pi/deals', 'GET /api/docs/', 'POST //api/deals'])(
    '%s tells nothing',
    async (line) => {
      expect([401, 404]).toContain((await company.ask(line, { role: null })).status);
      expect((await company.ask(line, { role: null })).body).not.toHaveProperty('items');
    },
  );

  it('the program tells whether it runs and whether it is ready', async () => {
    expect(await company.ask('GET /health/live', { role: null })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
    const { body } = await company.ask('GET /health/ready', { role: null });
    expect(body).toEqual({ status: 'ok', servers: { 'event store': 'ok', 'read store': 'ok', redis: 'ok' } });
  });

  it('a body of ten megabytes is not even looked at', async () => {
    const { status } = await company.ask('POST /api/deals', { role: null, raw: 'x'.repeat(10 * 1024 * 1024) });
    expect(status).toBe(401);
  });
});

describe('a token', () => {
  const me = (token: string) =>
    company.ask('GET /api/me', { role: null, headers: { authorization: `Bearer ${token}` } });
  const signed = (secret: string, change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, alg = 'HS256') =>
    change(
      new SignJWT({ role: 'admin' })
        .setProtectedHeader({ alg })
        .setSubject('eve')
        .setAudience('funnel-ledger')
        .setExpirationTime('1h'),
    ).sign(new TextEncoder().encode(secret));
  const right = 'a secret for specs, of 32 letters or more';

  it('says who is signed in', async () => {
    expect(await me(await tokenOf('rep', 'anna'))).toMatchObject({ status: 200, body: { user: 'anna', role: 'rep' } });
    expect((await me(await signed(right))).status).toBe(200);
  });

  it.each([
    ['signed by another', () => signed('another secret, as long as the right one')],
    ['for another product', () => signed(right, (jwt) => jwt.setAudience('payroll'))],
    ['that ran out', () => signed(right, (jwt) => jwt.setExpirationTime('-1m'))],
    ['signed in another way', () => signed(right, (jwt) => jwt, 'HS512')],
    ['of a role that is none', () => tokenOf('system')],
    [
      'that never runs out',
      () =>
        new SignJWT({ role: 'admin' })
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject('eve')
          .setAudience('funnel-ledger')
          .sign(new TextEncoder().encode(right)),
    ],
    ['without a signature', async () => `${(await signed(right)).split('.').slice(0, 2).join('.')}.`],
    ['that is none', async () => 'let-me-in'],
  ])('%s opens nothing', async (_, token) => {
    expect(await me(await token())).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });
});

it('the company tells what a client must know of it', async () => {
  expect(await company.ask('GET /api/company', { role: 'rep' })).toMatchObject({
    status: 200,
    body: { timeZone: 'Asia/Shanghai', baseCurrency: 'CNY', firstAt: null, lastAt: null },
  });
});

describe('roles', () => {
  it('an auditor reads everything and changes nothing', async () => {
    const asks = new Set([
      ...[
        'reforecasts',
        'reforecasts/comparison',
        'reforecasts/deals',
        'calibrations',
        'simulations',
        'simulations/backtest',
      ].map((path) => `POST /api/${path}`),
    ]);
    const commands = table
      .filter(({ roles }) => roles !== 'open')
      .filter((each) => each.method !== 'GET' && !asks.has(lineOf(each)))
      .map(lineOf);
    for (const line of commands) {
      expect(await company.ask(line, { role: 'auditor', body: {} })).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
    const reads = table.filter(({ method, roles }) => method === 'GET' && roles !== 'open');
    expect(reads.every(({ roles }) => roles.includes('auditor'))).toBe(true);
  });

  it('a rep sells, but leaves funnels, quotas, people and views to managers', async () => {
    expect(await company.ask('POST /api/deals', { role: 'rep', body: deal })).toMatchObject({ status: 201 });
    const lines = [
      'PUT /api/funnels/x',
      'PUT /api/quotas/company/2026',
      'POST /api/reps',
      'POST /api/teams',
      'POST /api/views/deals/rebuild',
    ];
    for (const line of lines) expect(await company.ask(line, { role: 'rep', body: {} })).toMatchObject({ status: 403 });
  });
});

describe('signing in with a browser', () => {
  const signIn = async () => {
    const { status, headers } = await company.ask(`GET /sign-in?token=${await tokenOf('manager', 'mia')}`, {
      role: null,
    });
    return { status, location: headers.get('location'), cookie: headers.get('set-cookie') ?? '' };
  };

  it('keeps the token in a cookie that scripts cannot read and other sites cannot send', async () => {
    const { status, location, cookie } = await signIn();
    expect({ status, location }).toEqual({ status: 302, location: '/' });
    expect(cookie).toMatch(/^funnel-token=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    expect(await company.ask('GET /sign-in?token=nonsense', { role: null })).toMatchObject({ status: 401 });
  });

  it('forgets it when it is told to, by our own pages only', async () => {
    const signOut = (headers: Record<string, string>) => company.ask('POST /sign-out', { role: null, headers });
    const { status, headers } = await signOut({ origin: company.url });
    expect({ status, cookie: headers.get('set-cookie') }).toMatchObject({
      status: 200,
      cookie: expect.stringMatching(/^funnel-token=; .*Expires=Thu, 01 Jan 1970/),
    });
    expect((await signOut({ origin: 'https://evil.example' })).status).toBe(403);
  });

  it('shows the page of the product at every address that is no program’s', async () => {
    for (const path of ['/', '/funnel', '/deals/one?asOf=2026-01-01']) {
      const { status, headers, body } = await company.ask(`GET ${path}`, { role: null });
      expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
      expect(headers.get('content-security-policy')).toMatch(/default-src 'self';.*frame-ancestors 'none'/);
      expect(headers.get('cache-control')).toBe('no-cache');
      expect(body).toContain('<div id="app">');
    }
    for (const path of ['/assets/none.js', '/health/none', '/assets/..%2f..%2fpackage.json'])
      expect((await company.ask(`GET ${path}`, { role: null })).status).toBe(404);
    expect((await company.ask('POST /funnel', { role: null, body: {} })).status).toBe(404);
  });

  it('sends what it is made of compressed, and once', async () => {
    const { body } = await company.ask('GET /', { role: null });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(body)?.[1];
    for (const encoding of ['br', 'gzip']) {
      const { headers } = await company.ask(`GET ${script}`, { role: null, headers: { 'accept-encoding': encoding } });
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const known = { 'if-none-match': headers.get('etag') ?? '' };
      expect((await company.ask(`GET ${script}`, { role: null, headers: known })).status).toBe(304);
    }
    const plain = { 'accept-encoding': 'identity, br;q=0' };
    expect((await company.ask(`GET ${script}`, { role: null, headers: plain })).headers.has('content-encoding')).toBe(
      false,
    );
  });

  it('reads with the cookie, and changes something only from our own pages', async () => {
    const cookie = (await signIn()).cookie.split(';', 1)[0] ?? '';
    const ask = (headers: Record<string, string>) =>
      company.ask('POST /api/deals', { role: null, body: deal, headers: { cookie, ...headers } });
    expect(await company.ask('GET /api/me', { role: null, headers: { cookie } })).toMatchObject({
      body: { user: 'mia' },
    });
    expect(await ask({ origin: company.url })).toMatchObject({ status: 201 });
    const others = [{}, { origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }];
    for (const headers of others) expect(await ask(headers as Record<string, string>)).toMatchObject({ status: 403 });
  });

  it('shows pages that need no other site', async () => {
    const page = await company.ask('GET /api/docs');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    for (const [, file] of page.body.matchAll(/(?:href|src)="([^"]+)"/g)) {
      expect(file).toMatch(/^\/api\/docs\//);
      expect(await company.ask(`GET ${file}`)).toMatchObject({ status: 200 });
    }
    expect(await company.ask('GET /api/docs/..%2f..%2fpackage.json')).toMatchObject({ status: 404 });
  });
});

describe('the table of routes', () => {
  it('is what is registered, no more and no less', () => {
    const declared = table.map(({ method, path }) => `${method} ${path}`);
    expect(company.api.routes).toEqual(declared.sort());
  });

  it('is what the document of the API lists', async () => {
    const { body } = await company.ask('GET /api/openapi.json');
    const listed = Object.entries<object>(body.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(body.openapi).toBe('3.1.0');
    expect(listed.sort()).toEqual(company.api.routes);
  });
});
