import { bankLoans, bankLoansAreHere } from '../support/bank-loans.ts';
import { beginImport, endOfImport, viewsHaveSeen } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import { Walk } from './support/walk.ts';

/** Each room's address on a day of that history, and what is there once it has something to show. */
const roomsThen = [
  ['/?asOf=2011-12-31', '.stat-value'],
  ['/funnel?asOf=2011-12-31', '.funnel-figure'],
  ['/funnel?asOf=2011-12-31&stage=offer-sent&show=open', '.sheet tbody tr'],
  ['/board?asOf=2011-12-31', '.card'],
  ['/aging?asOf=2011-12-31', '.heat-cell button'],
  ['/alerts?asOf=2011-12-31', '.state'],
  ['/waterfall?asOf=2011-12-31&period=90-days', '.waterfall-face'],
  ['/quota?asOf=2011-12-31', '.quota-other'],
  ['/forecast?asOf=2012-03-31&horizon=30', '.chart-line'],
  ['/forecast?asOf=2012-03-31&horizon=30&view=calibration', '.plot-drawing'],
  ['/forecast?asOf=2011-12-31&view=simulation', '.plot-drawing'],
  ['/deals/173688?asOf=2011-12-31', '.event'],
  ['/import?asOf=2011-12-31', '.data-table'],
] as const;
/** Today, years after the last thing that happened, rooms say why they show so little. */
const roomsToday = [
  ['/', '.banner-ended'],
  ['/funnel', '.funnel-figure'],
  ['/aging', '.state'],
  ['/waterfall', '.state'],
  ['/forecast', '.state'],
  ['/deals/173688', '.event'],
] as const;

const inBrowserWithLog = bankLoansAreHere ? inBrowser : describe.skip;
if (!bankLoansAreHere)
  console.log('The walk through the bank’s log is skipped: ../shared/data/bank-loans is not here.');

inBrowserWithLog('a real bank’s loan funnel, looked at', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(0, { COMPANY_TIME_ZONE: 'Europe/Amsterdam' });
    const job = await endOfImport(walk.product, await beginImport(walk.product, await bankLoans()));
    await viewsHaveSeen(walk.product, job.position);
  }, 120_000);
  afterAll(() => walk?.stop());

  const look = async (language: 'en' | 'zh-CN', path: string, sign: string) => {
    const visit = await walk.open(path, { language });
    await visit.page.locator(sign).first().waitFor();
    await visit.picture(`bank${path.replace(/^[^?]*/, '').replaceAll(/\W+/g, '-')}`);
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    expect(await visit.overflow()).toBeLessThanOrEqual(0);
    await visit.close();
  };
  it.each(roomsThen)('shows %s of then', (path, sign) => look('en', path, sign));
  it.each(roomsThen)('shows %s of then in Chinese', (path, sign) => look('zh-CN', path, sign));
  it.each(roomsToday)('shows %s of today', (path, sign) => look('en', path, sign));
  it.each(roomsToday)('shows %s of today in Chinese', (path, sign) => look('zh-CN', path, sign));
});
