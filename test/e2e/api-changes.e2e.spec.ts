import { RunningCompany, tokenOf } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
});
afterAll(async () => {
  await company.stop();
});

const add = (id: string) =>
  company.ask('POST /api/deals', {
    body: {
      ...{ id, title: id, customer: { name: 'North Works' }, funnelId: 'six-step' },
      amount: { value: '1000.00', currency: 'CNY' },
    },
  });

interface Change {
  readonly id: string;
  readonly streams: readonly string[];
  readonly count: number;
}

/** Follows the changes as a screen does; `connected` resolves once it is listened to. */
const follow = async (headers: Record<string, string> = {}) => {
  const leaving = new AbortController();
  const response = await fetch(`${company.url}/api/changes`, {
    headers: { authorization: `Bearer ${await tokenOf('rep')}`, ...headers },
    signal: leaving.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body!.getReader();
  let text = Buffer.from((await reader.read()).value!).toString();
  const next = async (): Promise<Change> => {
    for (;;) {
      const [, whole, id, data] = /^([^]*?id: (\S+)\ndata: (.*)\n\n)/.exec(text) ?? [];
      if (whole !== undefined) {
        text = text.slice(whole.length);
        return { id, ...JSON.parse(data!) } as Change;
      }
      text += Buffer.from((await reader.read()).value!).toString();
    }
  };
  return { next, leave: () => leaving.abort() };
};

describe('the changes that a screen follows', () => {
  it('begin now, and are told once the views show them', async () => {
    await add('before');
    const { next, leave } = await follow();
    await add('bolts');
    expect(await next()).toMatchObject({ streams: ['deal-bolts'], count: 1 });
    expect(await company.ask('GET /api/deals/bolts')).toMatchObject({ status: 200, body: { title: 'bolts' } });
    leave();
  });

  it('go on where a screen was, after its connection broke', async () => {
    const first = await follow();
    await add('nuts');
    const { id } = await first.next();
    first.leave();
    await add('screws');
    const second = await follow({ 'last-event-id': id });
    expect(await second.next()).toMatchObject({ streams: ['deal-screws'] });
    second.leave();
  });

  it('are refused to whoever names a place that never was', async () => {
    expect(await company.ask('GET /api/changes', { headers: { 'last-event-id': 'soon' } })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
  });
});
