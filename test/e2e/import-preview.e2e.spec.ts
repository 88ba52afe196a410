import { gzipSync } from 'node:zlib';
import {
  call,
  endOfImport,
  filesForm,
  get,
  sendForm,
  viewsHaveSeen,
  type Answer,
  type Job,
} from '../support/client.ts';
import { startProduct, type Product } from '../support/product.ts';

const list = [
  'Deal ID;Deal Name;Owner;Amount;Create Date;"Date entered ""Talk""";"Date entered ""Offer""";Deal Stage;Close Date',
  '1;Pumps;Anna Smith;1.234,50;13.01.2026;14.01.2026;20.01.2026;Closed Won;28.02.2026',
  '2;Valves;Li Na;99;13.01.2026;15.01.2026;;Talk;',
  '3;Pipes;Li Na;much;13.01.2026;;;Talk;',
].join('\n');
const wishes = '?currency=EUR&timeZone=Europe/Amsterdam&funnelId=pumps';

describe('the preview of an import', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  }, 120_000);
  afterAll(() => product.stop());

  type Preview = Answer<'previewImport'>;
  const preview = (text: string | Uint8Array<ArrayBuffer>, { query = wishes, mapping = undefined as unknown } = {}) => {
    const sent = mapping === undefined ? undefined : new Blob([JSON.stringify(mapping)]);
    return sendForm<Preview>(
      product,
      `/api/imports/preview${query}`,
      filesForm({ 'deals.csv': new Blob([text]) }, sent),
    );
  };

  it('shows columns and first rows, proposes a mapping, and what the rows would become', async () => {
    const shown = await preview(list);
    expect(shown).toMatchObject({
      files: [{ name: 'deals.csv', rowsRead: 3, rows: [{ 'Deal Name': 'Pumps' }, {}, {}] }],
      kind: 'deals',
      mapping: { format: 'deals', funnel: { id: 'pumps' }, decimalSign: ',', dateOrder: 'day-first' },
      problems: [],
      deals: 2,
      eventsByType: { ProspectAdded: 2, StageAdvanced: 1, DealWon: 1 },
      rowsFailed: 1,
    });
    const [pumps] = shown.rows;
    expect(pumps).toMatchObject({
      dealId: '1',
      events: [
        { type: 'ProspectAdded', data: { ownerId: 'Anna-Smith', amount: { value: '1234.50', currency: 'EUR' } } },
      ],
    });
    expect(shown.rows.find(({ error }) => error)?.error).toMatchObject({ line: 4, field: 'Amount', value: 'much' });
  });

  it('follows the mapping that is sent, changed by a person, and tells what is wrong with it', async () => {
    const { mapping } = await preview(list);
    const changed = { ...mapping, columns: { ...(mapping?.['columns'] as object), amount: 'Sum' } };
    const { problems, rows } = await preview(list, { mapping: changed });
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'mapping.columns.amount',
        got: 'Sum',
        expected: expect.stringContaining('Amount'),
      }),
    ]);
    expect(rows).toEqual([]);
    const broken = await preview(list, { mapping: { ...mapping, currency: 'EURO' } });
    expect(broken.problems).toEqual([expect.objectContaining({ path: 'mapping.currency', got: 'EURO' })]);
  });

  it('is content with the beginning of a file, torn within a row or an archive', async () => {
    const torn = await preview(list.slice(0, -12), { query: `${wishes}&partial=true` });
    expect(torn).toMatchObject({ kind: 'deals', rowsFailed: 0, deals: 2, files: [{ rowsRead: 2 }] });
    const long = list + Array.from({ length: 3_000 }, (_, at) => `\n${at + 9};x${at};;1;13.01.2026;;;Talk;`).join('');
    const archive = Uint8Array.from(gzipSync(long)).slice(0, 4_000);
    expect((await preview(archive, { query: `${wishes}&partial=true` })).files[0]?.rowsRead).toBeGreaterThan(100);
  });

  it('proposes nothing for what is no list of deals, and says what it expected', async () => {
    const { kind, mapping, notes } = await preview('name,wage\nAnna,1\n');
    expect([kind, mapping]).toEqual([null, null]);
    expect(notes[0]).toMatchObject({ code: 'no-salesforce', details: { found: 'deals.csv: name, wage' } });
    const refused = await call(product, '/api/imports', {
      method: 'POST',
      body: filesForm({ 'wages.csv': new Blob(['name,wage\nAnna,1\n']) }),
    });
    expect([refused.status, await refused.json()]).toEqual([422, expect.objectContaining({ code: 'mapping-needed' })]);
  });

  it('is what an import without a mapping follows, and twice adds nothing', async () => {
    const run = async () => {
      const query = `${wishes}&onError=skip`;
      return endOfImport(
        product,
        await sendForm<Job>(product, `/api/imports${query}`, filesForm({ 'deals.csv': new Blob([list]) })),
      );
    };
    const job = await run();
    expect(job).toMatchObject({
      status: 'done',
      deals: 2,
      eventsWritten: 4,
      rowsFailed: 1,
      mapping: { format: 'deals' },
    });
    await viewsHaveSeen(product, job.position);
    expect(await get(product, '/api/deals/1')).toMatchObject({ status: 'won', closedAt: '2026-02-27T23:00:00.000Z' });
    expect(await run()).toMatchObject({ eventsWritten: 0, eventsKnown: 4 });
    const { items } = await get<Answer<'listImports'>>(product, '/api/imports');
    expect(items.map(({ status, fileName }) => [status, fileName])).toEqual([
      ['done', 'deals.csv'],
      ['done', 'deals.csv'],
    ]);
  });
});
