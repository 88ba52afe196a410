import { DuckDBInstance } from '@duckdb/node-api';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endOfImport, filesForm, get, sendForm, viewsHaveSeen, type Answer, type Job } from '../support/client.ts';
import { RunningCompany, tokenOf } from './running-company.ts';

const stage = (key: string, weight: number) => ({ key, label: key, part: 'top', weight });
const mappingOf = (funnelId: string) => ({
  format: 'event-log',
  columns: {
    deal: 'case',
    time: 'when',
    activity: 'what',
    owner: 'who',
    amount: 'sum',
    customer: 'for',
    expectedClose: 'due',
  },
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  funnel: {
    id: funnelId,
    label: 'Pumps & <valves>',
    stages: [stage('lead', 0.1), stage('offer', 0.5), stage('contract', 0.9)],
  },
  events: [
    { when: { activity: 'new' }, event: 'ProspectAdded', stage: 'lead' },
    { when: { activity: 'offer' }, event: 'StageAdvanced', to: 'offer' },
    { when: { activity: 'contract' }, event: 'StageAdvanced', to: 'contract' },
    { when: { activity: 'visit' }, event: 'ContactLogged', kind: 'visit' },
    { when: { activity: 'next' }, event: 'NextStepSet' },
    { when: { activity: 'won' }, event: 'DealWon' },
    { when: { activity: 'lost' }, event: 'DealLost', reason: 'price "too high" & <more>\nnot said' },
    { when: { activity: 'again' }, event: 'DealReopened', reason: 'they called' },
  ],
});
/** Written in the order of the file, not of time across deals. */
const rows = (prefix: string) =>
  [
    'case,when,what,who,sum,for,due',
    `${prefix}1,2026-01-05T10:00:00+01:00,new,anna,100.50,"North ""Works"" & Co",2026-03-01`,
    `${prefix}1,2026-01-06T10:00:00+01:00,offer,bert,100.50,,2026-03-01`,
    `${prefix}2,2026-01-05T11:00:00+01:00,new,,1000000.01,Süd 客户,`,
    `${prefix}1,2026-01-06T10:00:00+01:00,visit,bert,100.50,,2026-03-01`,
    `${prefix}1,2026-01-07T10:00:00+01:00,lost,bert,100.50,,2026-03-01`,
    `${prefix}2,2026-01-08T11:00:00.123+01:00,contract,anna,1000000.01,,`,
    `${prefix}1,2026-01-09T10:00:00+01:00,again,bert,100.50,,2026-03-01`,
    `${prefix}1,2026-01-10T10:00:00+01:00,offer,bert,120,,2026-04-01`,
    `${prefix}2,2026-01-11T11:00:00+01:00,offer,anna,1000000.01,,`,
    `${prefix}2,2026-01-12T11:00:00+01:00,next,anna,1000000.01,,`,
    `${prefix}2,2026-01-13T11:00:00+01:00,won,anna,1000000.01,,`,
  ].join('\n');

/** What imports of other programs' logs do not hold. */
const told: [string, object][] = [
  ['POST /api/deals/p1/owner', { ownerId: null, reason: 'to the pool', override: { reason: 'on leave' } }],
  ['POST /api/deals/p1/value', { amount: { value: '20000', currency: 'JPY' }, rate: '0.0061' }],
  ['PUT /api/deals/p1/weight', { weight: 0.45, reason: 'they signed a letter' }],
  ['POST /api/deals/p1/next-step', { action: 'Send the offer', dueAt: '2026-01-22T10:00:00Z', people: ['Li', '客户'] }],
  ['POST /api/deals/p1/contacts', { kind: 'call' }],
];

describe('an export', () => {
  let company: RunningCompany;
  let other: RunningCompany;
  const folder = mkdtempSync(join(tmpdir(), 'exports-'));
  const addressOf = async ({ url }: RunningCompany) => ({ url, token: await tokenOf('manager') });

  const take = async (at: RunningCompany, form: FormData, query = ''): Promise<Job> => {
    const product = await addressOf(at);
    const job = await endOfImport(product, await sendForm<Job>(product, `/api/imports${query}`, form));
    await viewsHaveSeen(product, job.position);
    return job;
  };
  const exported = async (query: string): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${await tokenOf('auditor')}` };
    const response = await fetch(`${company.url}/api/export?${query}`, { headers });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const kept = async (name: string, query: string): Promise<string> => {
    const path = join(folder, name);
    writeFileSync(path, await exported(query));
    return path;
  };

  beforeAll(async () => {
    [company, other] = [await RunningCompany.start(), await RunningCompany.start()];
    for (const [funnelId, prefix] of [
      ['pumps', 'p'],
      ['pipes', 'q'],
    ] as const) {
      const mapping = new Blob([JSON.stringify(mappingOf(funnelId))]);
      const job = await take(company, filesForm({ 'rows.csv': new Blob([rows(prefix)]) }, mapping));
      expect(job).toMatchObject({ status: 'done', rowsFailed: 0 });
    }
  }, 120_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await Promise.all([company.stop(), other.stop()]);
  });

  const ask = async (sql: string): Promise<Record<string, unknown>[]> => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  };
  const sums = `count(*)::INT AS events, count(DISTINCT deal)::INT AS deals, min("time") AS first, max("time") AS last,
    sum(amount) FILTER (type = 'DealWon') AS won`;

  it('to Parquet opens in DuckDB with typed columns, amounts exact', async () => {
    const path = await kept('events.parquet', 'format=parquet&funnel=pumps&types=ProspectAdded,DealWon,DealLost');
    const types = await ask(`DESCRIBE SELECT "time", recorded_at, amount, revision, expected_close FROM '${path}'`);
    expect(types.map((each) => each['column_type'])).toEqual([
      'TIMESTAMP WITH TIME ZONE',
      'TIMESTAMP WITH TIME ZONE',
      'DECIMAL(20,4)',
      'BIGINT',
      'DATE',
    ]);
    expect(await ask(`SET TimeZone='UTC'; SELECT ${sums} FROM '${path}'`)).toEqual([
      { events: 4, deals: 2, first: '2026-01-05 09:00:00+00', last: '2026-01-13 10:00:00+00', won: '1000000.0100' },
    ]);
  });

  it('to Parquet opens in hyparquet, row for row what the feed tells', async () => {
    const bytes = await exported('format=parquet');
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const read = await parquetReadObjects({ file });
    const told = (await company.ask('GET /api/events', { role: 'auditor' })).body.trim().split('\n').map(JSON.parse);
    expect(read.map(({ id, data }) => [id, data])).toEqual(
      told.map(({ id, data }: { id: string; data: object }) => [id, data]),
    );
    expect(Number(parquetMetadata(file).num_rows)).toBe(told.length);
  });

  it('to CSV opens in DuckDB, and says the same', async () => {
    const path = await kept('events.csv', 'format=csv&funnel=pumps&types=ProspectAdded,DealWon,DealLost');
    const table = `read_csv('${path}', types = {amount: 'DECIMAL(20,4)', "time": 'TIMESTAMPTZ'})`;
    expect(await ask(`SET TimeZone='UTC'; SELECT ${sums} FROM ${table}`)).toEqual([
      { events: 4, deals: 2, first: '2026-01-05 09:00:00+00', last: '2026-01-13 10:00:00+00', won: '1000000.0100' },
    ]);
    expect(await ask(`SELECT reason FROM ${table} WHERE type = 'DealLost'`)).toEqual([
      { reason: 'price "too high" & <more>\nnot said' },
    ]);
  });

  it('is named after its funnel, in whatever letters', async () => {
    const stages = [stage('first', 0.1)];
    await company.ask(`PUT /api/funnels/${encodeURIComponent('泵')}`, { body: { label: '泵', stages } });
    const nameOf = async (funnel: string) => {
      const { status, headers } = await company.ask(`GET /api/export?format=xes&funnel=${encodeURIComponent(funnel)}`);
      return [status, headers.get('content-disposition')];
    };
    expect(await nameOf('pumps')).toEqual([200, 'attachment; filename="pumps.xes"']);
    expect(await nameOf('泵')).toEqual([
      200,
      `attachment; filename="events.xes"; filename*=UTF-8''${encodeURIComponent('泵.xes')}`,
    ]);
  });

  it('may be cut at two positions, and of some types', async () => {
    const all = (await exported('funnel=pumps'))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [after, before] = [all[2].sequence, all[6].sequence];
    const some = (await exported(`funnel=pumps&after=${after}&before=${before}`)).toString().trim().split('\n');
    expect(some.map((line) => JSON.parse(line).id)).toEqual(all.slice(3, 6).map(({ id }) => id));
    expect(all.some(({ subject }) => subject.startsWith('deal-q'))).toBe(false);
    expect(all[0].type).toBe('funnel-ledger.FunnelDefined.v1');
  });

  it('to XES is well-formed, with a trace per deal in order of time, as other programs read it', async () => {
    const path = await kept('pumps.xes', 'format=xes&funnel=pumps');
    const { stdout } = await promisify(execFile)('python3', ['-c', judge, path]);
    expect(JSON.parse(stdout)).toEqual({
      traces: ['p1', 'p2'],
      customers: ['North "Works" & Co', 'Süd 客户'],
      activities: [
        ['lead', 'OwnerReassigned', 'offer', 'ContactLogged visit', 'DealLost', 'DealReopened', 'DealValued'],
        ['lead', 'OwnerReassigned', 'contract', 'offer', 'NextStepSet', 'DealWon'],
      ],
      faults: [],
    });
  });

  it('to XES imported into an empty company gives the same histories', async () => {
    for (const [line, body] of told) {
      const { status } = await company.ask(line, { body: { ...body, occurredAt: '2026-01-20T10:00:00Z' } });
      expect([line, status]).toEqual([line, 200]);
    }
    const stages = ['lead', 'offer', 'contract'].map((key) => stage(key, 0.3));
    const revised = { label: 'Pumps', currency: 'EUR', nextStepRule: true, stages };
    await company.ask('PUT /api/funnels/pumps', { body: { ...revised, occurredAt: '2026-01-01T00:00:00Z' } });
    const file = new Blob([Uint8Array.from(await exported('format=xes&funnel=pumps'))]);
    const job = await take(other, filesForm({ 'pumps.xes': file }));
    expect(job).toMatchObject({ status: 'done', rowsFailed: 0, deals: 2, notes: [expect.stringContaining('mapping')] });
    expect(await take(other, filesForm({ 'pumps.xes': file }))).toMatchObject({ eventsWritten: 0 });
    const historyOf = async (at: RunningCompany, deal: string) => {
      const { items } = await get<Answer<'dealHistory'>>(await addressOf(at), `/api/deals/${deal}/history`);
      return items.map(({ type, occurredAt, data }) => [type, occurredAt, data]);
    };
    for (const deal of ['p1', 'p2']) {
      const [before, after] = [await historyOf(company, deal), await historyOf(other, deal)];
      expect(after).toEqual(before);
    }
    const reports = await Promise.all(
      [company, other].map(async (at) =>
        get(await addressOf(at), '/api/funnels/pumps/report?asOf=2026-02-01T00:00:00Z'),
      ),
    );
    expect(reports[1]).toMatchObject({ totals: (reports[0] as Answer<'reportFunnel'>).totals });
  });

  it('is refused in XES without a funnel, of an unknown funnel, and in an unknown format', async () => {
    const asked = ['format=xes', 'format=csv&funnel=moon', 'format=xml', 'types=Nothing'];
    const answers = await Promise.all(
      asked.map((query) => company.ask(`GET /api/export?${query}`, { role: 'auditor' })),
    );
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'malformed'],
      [422, 'funnel-unknown'],
      [400, 'malformed'],
      [400, 'malformed'],
    ]);
  });
});

/** Reads a log with another program's XML, and checks the rules of XES that every tool leans on. */
const judge = String.raw`
import json, sys, xml.etree.ElementTree as ET, datetime
ns = '{http://www.xes-standard.org/}'
log = ET.parse(sys.argv[1]).getroot()
faults = []
order = ['extension', 'global', 'classifier', 'string', 'trace']
tags = [child.tag.removeprefix(ns) for child in log]
if log.tag != ns + 'log' or log.get('xes.version') is None: faults.append('no log')
if [order.index(tag) for tag in tags] != sorted(order.index(tag) for tag in tags): faults.append('order')
prefixes = {e.get('prefix') for e in log.iter(ns + 'extension')}
get = lambda e, key: next((a.get('value') for a in e if a.get('key') == key), None)
kinds = {'string', 'date', 'int', 'float', 'boolean', 'id'}
for e in log.iter():
    if e.tag.removeprefix(ns) in kinds and ':' in e.get('key') and e.get('key').split(':')[0] not in prefixes: faults.append(e.get('key'))
needed = {g.get('scope'): [a.get('key') for a in g] for g in log.findall(ns + 'global')}
for c in log.findall(ns + 'classifier'):
    if not c.get('name') or not c.get('keys'): faults.append('classifier')
traces = log.findall(ns + 'trace')
for t in traces:
    faults += [k for k in needed['trace'] if get(t, k) is None]
    times = []
    for e in t.findall(ns + 'event'):
        faults += [k for k in needed['event'] if get(e, k) is None]
        keys = [a.get('key') for a in e]
        if len(keys) != len(set(keys)): faults.append('key twice')
        times.append(datetime.datetime.fromisoformat(get(e, 'time:timestamp').replace('Z', '+00:00')))
        if get(e, 'cost:total') is not None: float(get(e, 'cost:total'))
    if times != sorted(times): faults.append('time')
print(json.dumps({'traces': [get(t, 'concept:name') for t in traces], 'customers': [get(t, 'customer') for t in traces],
  'activities': [[get(e, 'concept:name') for e in t.findall(ns + 'event')] for t in traces], 'faults': faults}))
`;
