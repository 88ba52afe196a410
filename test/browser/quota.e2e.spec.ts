import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('the quota room', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(300);
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each(looks)('shows who has won how much, in $language, $theme, on a $viewport', async (look) => {
    const visit = await walk.open('/quota', look);
    await visit.page.getByRole('img').first().waitFor();
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('shows the teams of another period, and keeps both in the address', async () => {
    const visit = await walk.open('/quota?period=2026-Q3');
    const { page } = visit;
    await page.getByRole('radio', { name: 'By team' }).click();
    await page.getByRole('cell', { name: 'North', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Earlier period' }).click();
    await page.waitForURL((url) => url.search.includes('period=2026-Q2') && url.search.includes('by=team'));
    await visit.close();
  });

  it('lets a manager set a quota, which is on the screen at once', async () => {
    const visit = await walk.open('/quota?period=2026', { as: { role: 'manager', user: 'mei' } });
    const { page } = visit;
    const company = page.getByRole('region', { name: 'The company' });
    await company.getByRole('button', { name: /Set quota/ }).click();
    await page.getByLabel('Amount for the year 2026').fill('lots');
    await page.getByRole('dialog').getByRole('button', { name: 'Set quota' }).click();
    await page.getByText(/Expected: a decimal/).waitFor();
    await page.getByLabel('Amount for the year 2026').fill('77000000.00');
    await page.getByRole('dialog').getByRole('button', { name: 'Set quota' }).click();
    await company.getByText('¥77M').waitFor();
    await visit.close();
  });

  it('offers nobody else to set one', async () => {
    const visit = await walk.open('/quota', { as: { role: 'rep', user: 'li' } });
    await visit.page.getByRole('region', { name: 'The company' }).waitFor();
    expect(await visit.page.getByRole('button', { name: /Set quota/ }).count()).toBe(0);
    await visit.close();
  });
});
