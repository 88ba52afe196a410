import { gzipSync } from 'node:zlib';
import { beginImport, call, endOfImport, get, viewsHaveSeen, type Answer, type Job } from '../support/client.ts';
import { startProduct, type Product } from '../support/product.ts';

const stage = (key: string) => ({ key, label: key, part: 'top', weight: 0.5 });
const mappingOf = (funnelId: string, change: object = {}) => ({
  format: 'event-log',
  columns: { deal: 'case', time: 'when', activity: 'what', amount: 'sum' },
  currency: 'EUR',
  timeZone: 'Europe/Amsterdam',
  funnel: { id: funnelId, label: funnelId, stages: [stage('lead'), stage('offer')] },
  events: [
    { when: { activity: 'new' }, event: 'ProspectAdded', stage: 'lead' },
    { when: { activity: 'offer' }, event: 'StageAdvanced', to: 'offer' },
    { when: { activity: 'won' }, event: 'DealWon' },
  ],
  ...change,
});
const at = (minute: number) => `2026-01-05T10:0${minute}:00+01:00`;
const csv = (...rows: readonly string[]) => ['case,when,what,sum', ...rows].join('\n');

type Content = string | Uint8Array<ArrayBuffer>;

describe('an import', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  }, 120_000);
  afterAll(() => product.stop());

  const parts = (funnelId: string, file: Content, change?: object) => ({
    file: new Blob([file]),
    mapping: new Blob([JSON.stringify(mappingOf(funnelId, change))]),
  });
  const run = async (funnelId: string, file: Content, query = ''): Promise<Job> =>
    endOfImport(product, await beginImport(product, parts(funnelId, file), query));
  const head = async () => (await get<Answer<'listViews'>>(product, '/api/views')).items[0]?.head;

  it('takes what is new of a longer file, plain or gzipped, and knows the rest', async () => {
    const before = [`a,${at(0)},new,100`, `b,${at(1)},new,50.25`, `a,${at(2)},offer,100`];
    expect(await run('longer', csv(...before))).toMatchObject({ status: 'done', deals: 2, eventsWritten: 3 });
    const longer = csv(...before, `a,${at(3)},won,120`);
    const job = await run('longer', Uint8Array.from(gzipSync(longer)));
    expect(job).toMatchObject({ status: 'done', eventsWritten: 2, eventsKnown: 3, rowsRead: 4 });
    await viewsHaveSeen(product, job.position);
    expect(await get(product, '/api/deals/a')).toMatchObject({
      status: 'won',
      amount: { value: '120.00', currency: 'EUR' },
      addedAt: '2026-01-05T09:00:00.000Z',
    });
  });

  it('tried dry writes nothing, not even the funnel', async () => {
    const before = await head();
    const job = await run('dry', csv(`d,${at(0)},new,100`), '?dryRun=true');
    expect(job).toMatchObject({ status: 'done', dryRun: true, eventsWritten: 1, position: '0' });
    expect(await head()).toBe(before);
  });

  it('stops at a bad row, or skips it, and names line, field and reason either way', async () => {
    const file = csv(`s,${at(0)},new,100`, `s,${at(1)},offer,1.234`, `s,${at(2)},won`, `s,${at(3)},won,100`);
    const stopped = await run('rows', file);
    expect(stopped).toMatchObject({ status: 'stopped', eventsWritten: 1, rowsFailed: 1 });
    expect(stopped.fault).toContain('line 3');
    const torn = await run('rows', csv(`s,${at(0)},new,100`, `s,${at(2)},won`));
    expect(torn.fault).toBe('events.csv, line 3: the row has another number of fields than the header');
    const skipped = await run('rows', file, '?onError=skip');
    expect(skipped).toMatchObject({ status: 'done', eventsKnown: 1, eventsWritten: 1, rowsFailed: 2 });
    expect(skipped.errors).toEqual([
      {
        file: 'events.csv',
        line: 3,
        field: 'sum',
        value: '1.234',
        ...{ code: 'invalid-amount', details: { currency: 'EUR', decimals: '2', sign: '.' } },
        reason: expect.stringContaining('at most 2 decimals'),
      },
      expect.objectContaining({
        line: 4,
        field: '',
        code: 'unreadable',
        reason: expect.stringContaining('number of fields'),
      }),
    ]);
  });

  it('leaves deals alone that the log knows otherwise, and names the rows that add them', async () => {
    const rows = [`mine,${at(0)},new,100`, `theirs,${at(0)},new,7`, `mine,${at(1)},offer,100`];
    await run('known', csv(...rows));
    const changed = csv(
      rows[0]?.replace('100', '200') ?? '',
      `mine,${at(2)},won,200`,
      ...rows.slice(1, 2),
      `new,${at(3)},new,1`,
    );
    const error = {
      ...{ file: 'events.csv', line: 2, field: 'case', value: 'mine', code: 'deal-exists' },
      ...{ details: { deal: 'mine' }, reason: expect.stringContaining('began otherwise') },
    };
    const stopped = await run('known', changed);
    expect(stopped).toMatchObject({ status: 'stopped', rowsFailed: 1, errors: [error] });
    expect(stopped.fault).toContain('events.csv, line 2: case "mine" adds deal mine');
    const skipped = await run('known', changed, '?onError=skip');
    expect(skipped).toMatchObject({ status: 'done', rowsFailed: 1, errors: [error] });
    expect(skipped.eventsWritten + stopped.eventsWritten).toBe(1);
    await viewsHaveSeen(product, skipped.position);
    const { items } = await get<Answer<'dealHistory'>>(product, '/api/deals/mine/history');
    expect(items.map(({ type }) => type)).toEqual(['ProspectAdded', 'StageAdvanced']);
  });

  const refusal = async (form: FormData | string) => {
    const response = await call(product, '/api/imports', { method: 'POST', body: form });
    return { status: response.status, ...((await response.json()) as { code: string; detail: string }) };
  };
  const formOf = (file: Content, mapping: string) => {
    const form = new FormData();
    form.append('mapping', new Blob([mapping]), 'mapping.json');
    form.append('file', new Blob([file]), 'rows.csv');
    return form;
  };
  const good = JSON.stringify(mappingOf('refused'));
  const row = csv(`r,${at(0)},new,100`);

  it.each([
    ['a mapping that names a missing column', 'case,when,what\n', good, 422, 'mapping-column-missing', 'sum'],
    [
      'a torn archive',
      Uint8Array.from(gzipSync('x'.repeat(5_000)).subarray(0, 20)),
      good,
      400,
      'file-unreadable',
      'unpacked',
    ],
    ['an empty file', '', good, 400, 'file-unreadable', 'empty'],
    [
      'a file in Latin-1',
      Buffer.from(`${row}\nr2,${at(0)},m\u00fcller,1\n`, 'latin1'),
      good,
      400,
      'file-unreadable',
      'line 3',
    ],
    ['a mapping that is no JSON', row, '{', 400, 'malformed', 'JSON'],
    ['a mapping with an unknown stage', row, good.replace('"to":"offer"', '"to":"moon"'), 400, 'malformed', 'moon'],
    ['a mapping in another format', row, good.replace('event-log', 'x'), 400, 'malformed', 'one of event-log, deals'],
    ['a mapping that is null', row, 'null', 400, 'malformed', 'mapping'],
    ['a mapping in no currency', row, good.replace('EUR', 'EURO'), 400, 'malformed', 'ISO 4217'],
    ['a funnel that is another one', row, JSON.stringify(mappingOf('six-step')), 409, 'funnel-differs', 'stages'],
  ])('refuses %s, and the log is unchanged', async (_, file, mapping, status, code, said) => {
    const before = await head();
    const problem = await refusal(formOf(file as Content, mapping));
    expect(problem).toMatchObject({ status, code, detail: expect.stringContaining(said) });
    expect(await head()).toBe(before);
  });

  it('refuses what is no upload', async () => {
    expect(await refusal('{}')).toMatchObject({ status: 415 });
  });
});
