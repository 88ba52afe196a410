import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

const csv = (...lines: string[]) => ({
  name: 'deals.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
});
const header = 'Deal ID,Deal name,Customer,Amount,Stage,Owner,Created,Won date,Lost date';
const good = csv(
  header,
  'd1,Press line,Jinhua Motors,120000.00,Offer,Mei,2026-01-05,2026-03-01,',
  'd2,Lathe,Wenzhou Valves,80000.50,Talk,Li,2026-02-01,,',
);
const faulty = csv(header, 'd1,Press line,Jinhua Motors,12 apples,Offer,Mei,2026-01-05,,');

inBrowser('the import room', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(0);
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each(looks)('is ready for files in $language, $theme, on a $viewport', async (look) => {
    const visit = await walk.open('/import', look);
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('shows what a file would become, tries it, brings it in, and is found again', async () => {
    const visit = await walk.open('/import');
    const { page } = visit;
    await page.locator('input[type=file]').setInputFiles(good);
    await page.getByText('This looks like a list of deals').waitFor();
    await page
      .getByRole('cell', { name: /Prospect added/ })
      .first()
      .waitFor();
    await visit.picture('preview');
    expect(await visit.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('Done', { exact: true }).first().waitFor();
    expect(await page.locator('.stat', { hasText: 'Events found' }).locator('.stat-value').textContent()).not.toBe('0');
    await page.getByRole('link', { name: 'Another import' }).click();
    await page.locator('input[type=file]').setInputFiles(good);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('link', { name: 'See the funnel' }).waitFor();
    const address = page.url();
    await page.goto('/');
    await page.goto(address);
    await page.getByRole('link', { name: 'See the funnel' }).waitFor();
    await visit.picture('done');
    expect(await visit.barriers()).toEqual([]);
    await visit.close();
  });

  it('tells a faulty row by line, field and reason', async () => {
    const visit = await walk.open('/import');
    const { page } = visit;
    await page.locator('input[type=file]').setInputFiles(faulty);
    await page.getByRole('button', { name: 'Dry run' }).click();
    const bad = page.getByRole('region', { name: 'Rows that could not be taken' });
    await bad.getByRole('cell', { name: '12 apples' }).waitFor();
    await visit.picture('faulty');
    await visit.close();
  });

  it('tells in Chinese, too, what was guessed, which row is faulty, and where the import stopped at it', async () => {
    const visit = await walk.open('/import', { language: 'zh-CN' });
    const { page } = visit;
    await page.locator('input[type=file]').setInputFiles(faulty);
    await page.getByText('没有一列说明商机何时进入当前阶段。').waitFor();
    await page.getByText('Amount: 不是 CNY 金额；“.”后最多 2 位小数').first().waitFor();
    await page.getByRole('button', { name: '开始导入' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toBe('deals.csv 第 2 行：Amount“12 apples”不是 CNY 金额；“.”后最多 2 位小数');
    await visit.close();
  });

  it('lets nobody but those who lead bring in anything', async () => {
    const visit = await walk.open('/import', { as: { role: 'rep', user: 'li' } });
    await visit.page.getByText('Imports are for managers').waitFor();
    expect(await visit.page.locator('input[type=file]').count()).toBe(0);
    await visit.close();
  });
});
