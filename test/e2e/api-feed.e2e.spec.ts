import { cloudEvent, type CloudEvent } from '@funnel/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { RunningCompany, tokenOf } from './running-company.ts';

let company: RunningCompany;
beforeAll(async () => {
  company = await RunningCompany.start();
  for (const id of ['one', 'two', 'three']) await add(id);
  await company.ask('POST /api/deals/two/win', { body: {} });
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
const events = async (query = ''): Promise<CloudEvent[]> => {
  const { status, headers, body } = await company.ask(`GET /api/events${query}`);
  expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'application/x-ndjson' });
  return body
    .split('\n')
    .filter(Boolean)
    .map((line: string) => cloudEvent.parse(JSON.parse(line)));
};

interface Message {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: CloudEvent;
}
const fieldOf = (block: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];

const messageOf = (block: string): Message => ({
  id: fieldOf(block, 'id'),
  event: fieldOf(block, 'event'),
  data: JSON.parse(fieldOf(block, 'data') ?? ''),
});

interface Listening {
  readonly headers?: Record<string, string>;
  readonly query?: string;
  readonly onMessage?: (message: Message) => void;
}

/** Reads a live stream until it has told so many events, or has ended. */
const listen = async (count: number, { headers, query = '', onMessage }: Listening = {}): Promise<Message[]> => {
  const leaving = new AbortController();
  const response = await fetch(`${company.url}/api/events${query}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${await tokenOf('auditor')}`, ...headers },
    signal: leaving.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const told: Message[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks.filter((each) => each.includes('data: '))) {
      told.push(messageOf(block));
      onMessage?.(messageOf(block));
    }
    if (told.length >= count) break;
  }
  leaving.abort();
  return told;
};

describe('the feed', () => {
  it('gives every event once and in order, up to the newest', async () => {
    const all = await events();
    expect(all.map(({ subject }) => subject)).toEqual([
      ...['funnel-funnel-list', 'funnel-quarters', 'funnel-six-step'],
      ...['deal-one', 'deal-two', 'deal-three', 'deal-two'],
    ]);
    expect(all.at(-1)?.sequence).toBe(await company.head());
    expect(all.filter(({ subject }) => subject.startsWith('$'))).toEqual([]);
  });

  it('goes on where it was left, and stops where it is told to', async () => {
    const all = await events();
    const first = await events('?limit=3');
    expect(first).toEqual(all.slice(0, 3));
    expect(await events(`?after=${first.at(-1)?.sequence}`)).toEqual(all.slice(3));
    expect(await events(`?after=${all.at(-1)?.sequence}`)).toEqual([]);
  });

  it('gives only the types that are asked for', async () => {
    const types = (await events('?types=DealWon,FunnelDefined')).map(({ type }) => type);
    expect(types).toEqual([...Array<string>(3).fill('funnel-ledger.FunnelDefined.v1'), 'funnel-ledger.DealWon.v1']);
  });

  it('names for each event the schema that its data keep', async () => {
    const ajv = formats.default(new Ajv2020());
    for (const { data, dataschema } of await events()) {
      const { status, headers, body } = await company.ask(`GET ${new URL(dataschema).pathname}`);
      expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'application/schema+json' });
      expect(ajv.getSchema(body.$id) ?? ajv.compile(body)).toBeInstanceOf(Function);
      expect(ajv.validate(dataschema, data)).toBe(true);
    }
    expect(await company.ask('GET /api/schemas/DealWon/2')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('refuses a position that the log has not reached', async () => {
    const { status, body } = await company.ask('GET /api/events?after=99999999999');
    expect({ status, path: body.errors[0].path }).toEqual({ status: 400, path: 'query.after' });
  });
});

describe('the live feed', () => {
  it('tells what was, then what comes, each with the id to resume by', async () => {
    const before = await events();
    const listening = listen(before.length + 1);
    await add('live');
    const told = await listening;
    expect(told.map(({ data }) => data.sequence)).toEqual((await events()).map(({ sequence }) => sequence));
    expect(told.at(-1)).toMatchObject({ event: 'funnel-ledger.ProspectAdded.v1', data: { subject: 'deal-live' } });
    expect(told.every(({ id, data }) => id === data.sequence)).toBe(true);
  });

  it('goes on behind the last event a client has seen, whatever it asked for at first', async () => {
    const all = await events();
    const seen = all.at(-3)?.sequence ?? '';
    const told = await listen(2, { headers: { 'last-event-id': seen }, query: '?after=0' });
    expect(told.map(({ data }) => data)).toEqual(all.slice(-2));
  });

  it('tells only the types that are asked for', async () => {
    const told = await listen(1, { query: '?types=DealWon' });
    expect(told).toMatchObject([{ event: 'funnel-ledger.DealWon.v1' }]);
  });

  it('refuses to resume behind an event that never was', async () => {
    const headers = { accept: 'text/event-stream', 'last-event-id': 'soon' };
    expect(await company.ask('GET /api/events', { headers })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
  });

  it('ends when the API stops', async () => {
    const all = await events();
    const seen: Message[] = [];
    const { promise: caughtUp, resolve } = Promise.withResolvers<void>();
    const onMessage = (message: Message) => {
      if (seen.push(message) === all.length) resolve();
    };
    const listening = listen(Infinity, { onMessage });
    await caughtUp;
    await company.api.close();
    expect(await listening).toHaveLength(all.length);
  });
});
