import { inBrowser } from './support/chromium.ts';
import { looks, Walk, type Walker } from './support/walk.ts';

inBrowser('the day', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(600);
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each(looks)('is shown in $language, $theme, on a $viewport, and keeps nobody out', async (look) => {
    const visit = await walk.open('/', look);
    await visit.picture('day');
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    expect(await visit.overflow()).toBeLessThanOrEqual(0);
    await visit.close();
  });

  it('of a rep is about his own deals', async () => {
    const { visit, page, close } = await opened(walk, { as: { role: 'rep', user: 'lin-tao' } });
    await page.getByRole('heading', { name: 'Your funnel today' }).waitFor();
    await visit.picture('rep');
    const mine = JSON.parse(walk.funnel('report', 'demo', '--owner', 'lin-tao', '--json')) as {
      totals: { openCount: number };
    };
    await page.getByText(`${mine.totals.openCount} deals`, { exact: true }).waitFor();
    const owners = await page.locator('.attention-what > span').allInnerTexts();
    expect(owners.length).toBeGreaterThan(0);
    expect(owners.every((text) => text.startsWith('Lin Tao'))).toBe(true);
    expect(await page.getByRole('heading', { name: 'Who needs help' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Open the funnel' }).click();
    await page.waitForURL(/\/funnel\?.*owner=lin-tao/);
    await close();
  });

  it('of a manager leads from who needs help to his deals', async () => {
    const { page, close } = await opened(walk, { as: { role: 'manager', user: 'mei' } });
    const help = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Who needs help' }) });
    const rep = help.getByRole('link').first();
    const name = await rep.innerText();
    await rep.click();
    await page.waitForURL(/\/funnel\?.*owner=/);
    await page.getByRole('button', { name: new RegExp(`Owner.*${name}|${name}.*Owner`) }).waitFor();
    await page.getByRole('link', { name: 'Waterfall' }).click();
    await page.getByRole('heading', { name: 'Waterfall', exact: true }).waitFor();
    await close();
  });

  it('of the past is that day’s, and says so', async () => {
    const visit = await walk.open('/?asOf=2025-11-14');
    await visit.page.getByRole('heading', { name: 'The company on Nov 14, 2025' }).waitFor();
    await visit.page.getByText('Won in Q4 2025').waitFor();
    await visit.picture('past');
    await visit.close();
  });
});

const opened = async (walk: Walk, walker: Walker = {}) => {
  const visit = await walk.open('/', walker);
  return { visit, page: visit.page, close: () => visit.close() };
};
