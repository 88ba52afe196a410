import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bankLoans, bankLoansAreHere } from '../support/bank-loans.ts';
import { beginImport, endOfImport, get, send, viewsHaveSeen, type Answer, type Job } from '../support/client.ts';
import { startProduct, type Product } from '../support/product.ts';

const yearEnd = encodeURIComponent('2011-12-31T23:59:59.999+01:00');
const eur = (value: string) => ({ value, currency: 'EUR' });

/** The deals open at the end of the year, page by page. */
const openAtYearEnd = async (product: Product): Promise<Answer<'listDeals'>['items']> => {
  const items: Answer<'listDeals'>['items'] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path = `/api/deals?status=open&limit=200&asOf=${yearEnd}${cursor && `&cursor=${cursor}`}`;
    const page: Answer<'listDeals'> = await get(product, path);
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
};

/** The figures of the log, counted independently of this product, as HTTP must show them. */
const expectFigures = async (product: Product): Promise<void> => {
  const report = await get<Answer<'reportFunnel'>>(product, '/api/funnels/bank-loans/report');
  expect(report.activity.events).toEqual({
    ProspectAdded: 7_455,
    StageAdvanced: 22_012,
    DealWon: 1_336,
    DealLost: 6_119,
    NextStepSet: 14_790,
    ContactLogged: 41_837,
    OwnerReassigned: 11_175,
  });
  expect(report.activity).toMatchObject({ assigned: 5_339, changed: 5_836 });
  expect(report.totals).toMatchObject({
    dealAmount: eur('98531557.00'),
    wonAmount: eur('20298597.00'),
    openCount: 0,
    openAmount: eur('0.00'),
  });
  expect(report.conversion).toMatchObject({ entered: 7_455, won: 1_336 });
  expect(report.conversion.rate).toBeCloseTo(0.179209, 6);
  const [sent, returned] = ['offer-sent', 'offer-returned'].map((key) =>
    report.stages.find((stage) => stage.key === key),
  );
  expect(sent).toMatchObject({
    entered: 2_836,
    advanced: 1_856,
    timeToNext: { count: 1_856, medianSeconds: 828_196.588 },
  });
  expect(returned).toMatchObject({ entered: 1_856, advanced: 1_336, reachedWon: 1_336 });

  const past = await get<Answer<'reportFunnel'>>(product, `/api/funnels/bank-loans/report?asOf=${yearEnd}`);
  expect(past.totals).toMatchObject({
    openCount: 645,
    openAmount: eur('10399017.00'),
    weightedAmount: eur('4896046.00'),
  });
  const aging = await get<Answer<'reportAging'>>(product, `/api/aging?asOf=${yearEnd}`);
  expect(aging.totals).toMatchObject({ count: 645, amounts: [eur('10399017.00')] });
  const open = await openAtYearEnd(product);
  expect([open.length, open.reduce((sum, { amount }) => sum + Number(amount.value), 0)]).toEqual([645, 10_399_017]);
  expect(new Set(open.map(({ id }) => id)).size).toBe(645);
};

type Reforecast = Answer<'reforecast'>;
const reforecast = (product: Product, asked: object): Promise<Reforecast> =>
  send(product, 'POST', '/api/reforecasts', { funnelId: 'bank-loans', ...asked });

const expectForecasts = async (product: Product): Promise<void> => {
  const months = { from: '2011-10-01', to: '2012-02-29', every: 'month' };
  const total = await reforecast(product, { ...months, by: 'total' });
  const figures = total.periods.map(({ groups: [all] }) => [all?.count, all?.forecast.value, all?.realized.value]);
  expect(figures).toEqual([
    [680, '5180831.00', '4222738.00'],
    [703, '5272981.00', '3588672.00'],
    [645, '4896046.00', '3540553.00'],
    [66, '743811.50', '391000.00'],
    [0, '0.00', '0.00'],
  ]);
  expect(total.accuracy).toEqual({ wape: 0.3704947805762481, bias: 0.3704947805762481 });
  const asked = { from: '2011-12-31', to: '2011-12-31', by: 'stage', horizonDays: 30 };
  const byStage = await reforecast(product, asked);
  const stages = Object.fromEntries(byStage.periods[0]?.groups.map(({ key, ...group }) => [key, group]) ?? []);
  expect(stages).toMatchObject({
    'offer-sent': {
      ...{ count: 464, amount: eur('7602567.00'), forecast: eur('3801283.50'), realized: eur('2654353.00') },
    },
    'offer-returned': {
      ...{ count: 45, amount: eur('833500.00'), forecast: eur('625125.00'), realized: eur('479000.00') },
    },
  });
  expect(byStage.accuracy).toEqual({ wape: 0.5549019178277045, bias: 0.5545209113801228 });
  expect((await reforecast(product, asked)).digest).toBe(byStage.digest);
};

const describeWithLog = bankLoansAreHere ? describe : describe.skip;

describeWithLog('a real bank’s loan funnel, imported', () => {
  const env = { COMPANY_TIME_ZONE: 'Europe/Amsterdam' };
  let dataFolder: string;
  let product: Product;
  let job: Job;
  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'funnel-bank-'));
    product = await startProduct({ dataFolder, env });
    job = await endOfImport(product, await beginImport(product, await bankLoans()));
    await viewsHaveSeen(product, job.position);
  }, 300_000);
  afterAll(async () => {
    await product.stop();
    await rm(dataFolder, { recursive: true });
  });

  it('takes every row', () => {
    expect(job).toMatchObject({
      status: 'done',
      rowsRead: 150_256,
      rowsFailed: 0,
      deals: 7_455,
      eventsWritten: 104_724,
    });
  });

  it('shows the figures that were counted independently', () => expectFigures(product), 60_000);

  it('forecasts again from history what was forecast and what came', () => expectForecasts(product), 60_000);

  it('adds nothing when it is imported again', async () => {
    const again = await endOfImport(product, await beginImport(product, await bankLoans()));
    expect(again).toMatchObject({ status: 'done', eventsWritten: 0, eventsKnown: 104_724 });
  }, 300_000);

  it('raises no alert about history', async () => {
    expect((await get<Answer<'listAlerts'>>(product, '/api/alerts')).items).toEqual([]);
  });

  it('keeps neighbours of the same millisecond in the order of the file', async () => {
    const history = await get<Answer<'dealHistory'>>(product, '/api/deals/173688/history?limit=200');
    const sameInstant = history.items.filter(({ occurredAt }) => occurredAt === '2011-10-01T09:45:09.243Z');
    expect(sameInstant.map(({ type }) => type)).toEqual(['StageAdvanced']);
    expect(history.items.map(({ revision }) => revision)).toEqual(history.items.map((_, index) => index));
    const last = history.items.at(-1);
    // A call after the win: recorded, and the deal stays won.
    expect([last?.type, last?.occurredAt]).toEqual(['ContactLogged', '2011-10-13T08:37:37.026Z']);
    expect(await get(product, '/api/deals/173688')).toMatchObject({
      status: 'won',
      amount: eur('20000.00'),
      ownerId: '10629',
    });
  });

  it('shows the same after MongoDB and Redis were emptied and everything restarted', async () => {
    await product.stop();
    // The embedded MongoDB holds nothing but memory: with its process its views are gone.
    await rm(join(dataFolder, 'redis'), { recursive: true });
    product = await startProduct({ dataFolder, env });
    await viewsHaveSeen(product, job.position);
    await expectFigures(product);
    await expectForecasts(product);
  }, 300_000);
});
