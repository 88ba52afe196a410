import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { get, type Answer, type Job } from '../support/client.ts';
import { startProduct, type Product } from '../support/product.ts';

const folder = resolve('../shared/data/salesforce-export');
const describeWithExport = existsSync(folder) ? describe : describe.skip;
const usd = (value: string) => ({ value, currency: 'USD' });

/** Figures counted from the three files without this product. */
describeWithExport('an export of Salesforce, imported without a mapping', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  }, 120_000);
  afterAll(() => product.stop());

  const run = async (...more: string[]): Promise<Job> => {
    const wishes = ['--format', 'salesforce', '--currency', 'USD', '--time-zone', 'America/New_York', '--json'];
    const env = { ...process.env, FUNNEL_URL: product.url, FUNNEL_TOKEN: product.token };
    const shell = promisify(execFile)(process.execPath, ['dist/cli.js', 'import', folder, ...wishes, ...more], { env });
    return JSON.parse((await shell).stdout) as Job;
  };
  const stagesOf = ({ mapping }: Job) =>
    (mapping['funnel'] as { stages: { label: string; weight: number }[] }).stages.map(({ label, weight }) => [
      label,
      weight,
    ]);

  it('tried dry shows the funnel that it would make: the stages met, by their probabilities', async () => {
    const job = await run('--dry-run');
    expect(job).toMatchObject({ status: 'done', dryRun: true, rowsRead: 84, rowsFailed: 0, deals: 36 });
    expect(stagesOf(job)).toEqual([
      ['Prospecting', 0.1],
      ['Qualification', 0.1],
      ['Needs Analysis', 0.2],
      ['Value Proposition', 0.5],
      ['Id. Decision Makers', 0.6],
      ['Perception Analysis', 0.7],
      ['Proposal/Price Quote', 0.75],
      ['Negotiation/Review', 0.9],
    ]);
  });

  it('takes every opportunity through its history, also those that were won and lost later', async () => {
    expect(await run()).toMatchObject({
      status: 'done',
      rowsFailed: 0,
      eventsByType: {
        ProspectAdded: 36,
        StageAdvanced: 3,
        DealWon: 19,
        DealReopened: 7,
        DealLost: 8,
        // A later close of 13 that are open still, of 6 that were lost after all, and of one on the day it was won.
        DealValued: 20,
      },
    });
    const { totals } = await get<Answer<'reportFunnel'>>(product, '/api/funnels/salesforce/report');
    expect(totals).toMatchObject({
      dealAmount: usd('5760000.00'),
      wonAmount: usd('2815000.00'),
      openCount: 16,
      openAmount: usd('2115000.00'),
    });
  }, 60_000);

  it('knows customer, region, industry, amount and expected close of a deal', async () => {
    expect(await get(product, '/api/deals/006bm00000LKJNTAA5')).toMatchObject({
      title: 'United Oil SLA',
      status: 'lost',
      amount: usd('120000.00'),
      expectedClose: '2024-02-03',
      addedAt: '2026-02-24T01:55:00.000Z',
      closedAt: '2026-03-08T02:00:00.000Z',
    });
    const history = await get<Answer<'dealHistory'>>(product, '/api/deals/006bm00000LKJNTAA5/history');
    expect(history.items.map(({ type }) => type)).toEqual([
      'ProspectAdded',
      'DealWon',
      'DealReopened',
      'DealValued',
      'DealLost',
    ]);
    expect(history.items[0]?.data).toMatchObject({ customer: { industry: 'Energy', region: 'NY' } });
  });

  it('adds nothing when it is imported again', async () => {
    expect(await run()).toMatchObject({ status: 'done', eventsWritten: 0, eventsKnown: 93 });
  }, 60_000);
});
