import { readFile } from 'node:fs/promises';
import { get, until, type Answer } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('aging and alerts', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(1_200);
    await until(
      () => get<Answer<'listAlerts'>>(walk.product, '/api/alerts?status=open'),
      ({ items }) => items.length > 3,
    );
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each(looks)('show how long deals stand, in $language, $theme, on a $viewport', async (look) => {
    const visit = await walk.open('/aging?funnel=demo', look);
    await visit.page.locator('.heat-cell button').first().waitFor();
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it.each(looks)('show what needs attention, in $language, $theme, on a $viewport', async (look) => {
    const visit = await walk.open('/alerts', look);
    await visit.page.locator('.alert').first().waitFor();
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('open each cell of the heat map to its deals', async () => {
    const { page, close } = await opened('/aging?funnel=demo');
    const cell = page.locator('.heat-cell button').first();
    const deals = Number(await cell.locator('span').textContent());
    await cell.press('Enter');
    await page.waitForURL(/stage=lead&age=\d|age=\d&stage=lead/);
    await page.getByRole('button', { name: /Show all/ }).waitFor();
    expect(await page.locator('.aging-list tbody tr').count()).toBe(deals);
    await close();
  });

  it('add up to what the report says', async () => {
    const { page, close } = await opened('/aging?funnel=demo');
    const report = await get<Answer<'reportAging'>>(walk.product, '/api/aging?funnel=demo&limit=1');
    const counts = await page.locator('.heat-table tbody .heat-total span').allTextContents();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(report.totals.count);
    await close();
  });

  it('are saved as a file for spreadsheets', async () => {
    const { page, close } = await opened('/aging?funnel=demo&state=stale');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV: Deals by age' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect(text).toContain('Over twice');
    expect(text).not.toContain('Within limit');
    await close();
  });

  it('are listed a hundred at a time, and saved to the last one', async () => {
    const { page, close } = await opened('/aging?funnel=demo');
    const { totals } = await get<Answer<'reportAging'>>(walk.product, '/api/aging?funnel=demo&limit=1');
    expect(totals.count).toBeGreaterThan(100);
    const rows = page.locator('.aging-list tbody tr');
    await page.getByText(`100 of ${totals.count}`, { exact: true }).waitFor();
    expect(await rows.count()).toBe(100);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV: Deals by age' }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect(text.trim().split('\r\n')).toHaveLength(totals.count + 1);
    await page.getByRole('button', { name: 'Show more' }).click();
    await rows.nth(100).waitFor();
    expect(await rows.count()).toBe(Math.min(200, totals.count));
    await close();
  });

  it('tell what to ask, and who takes care of it', async () => {
    const { page, close } = await opened('/alerts', { as: { role: 'manager', user: 'mei' } });
    const alert = page.locator('.alert').first();
    const title = await alert.getByRole('link').textContent();
    expect(await alert.getByRole('list', { name: 'What to ask' }).getByRole('listitem').count()).toBeGreaterThan(1);
    await alert.getByRole('button', { name: 'Take care of it' }).press('Enter');
    await page.keyboard.type('I call them today');
    await alert.getByRole('button', { name: 'Take care of it' }).click();
    await page.getByRole('radio', { name: 'Taken care of' }).click();
    const taken = page.locator('.alert', { hasText: title ?? '' }).first();
    await taken.getByText('“I call them today”').waitFor();
    await taken.getByText(/mei/).waitFor();
    await close();
  });

  const opened = async (path: string, as = {}) => {
    const visit = await walk.open(path, as);
    return { page: visit.page, close: () => visit.close() };
  };
});
