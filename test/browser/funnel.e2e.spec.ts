import type { Locator } from 'playwright-core';
import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('the rooms of the funnel', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(400);
  }, 120_000);
  afterAll(() => walk?.stop());

  describe.each(['/funnel', '/waterfall'])('%s', (room) => {
    it.each(looks)('is shown in $language, $theme, on a $viewport, and keeps nobody out', async (look) => {
      const visit = await walk.open(room, look);
      await visit.picture();
      expect(await visit.barriers()).toEqual([]);
      expect(visit.complaints).toEqual([]);
      expect(await visit.overflow()).toBeLessThanOrEqual(0);
      await visit.close();
    });
  });

  it('shows the figures that the API reports, and opens a stage to its deals', async () => {
    const { page, close } = await opened('/funnel');
    const report = JSON.parse(walk.funnel('report', 'demo', '--json')) as {
      stages: { label: string; openCount: number; openAmount: { value: string } }[];
    };
    const [lead] = report.stages;
    const row = page.getByRole('row', { name: /^Lead/ });
    await row.waitFor();
    const shown = (await row.innerText()).split('\t').map((cell) => cell.trim());
    expect(shown[1]).toBe(`${lead?.openCount}`);
    expect(shown[2]?.replace(/[¥,]/g, '')).toBe(Number(lead?.openAmount.value).toFixed(0));
    await page.getByRole('button', { name: /^Lead: .* Show its deals/ }).click();
    await page.getByRole('dialog', { name: 'Open deals in Lead' }).waitFor();
    await expectRows(page.getByRole('dialog').getByRole('row'), Math.min(100, lead?.openCount ?? 0));
    expect(new URL(page.url()).searchParams.get('stage')).toBe('lead');
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('stage'));
    await close();
  });

  it('narrows to a team and a period, and keeps both in its address', async () => {
    const { page, close } = await opened('/funnel');
    const open = page.locator('.stat-value').first();
    const before = await open.innerText();
    await page.getByRole('button', { name: /Team/ }).click();
    await page.getByRole('option', { name: 'North' }).click();
    await page.waitForURL(/team=north/);
    await open.filter({ hasNotText: before }).waitFor();
    const narrowed = await open.innerText();
    await page.reload();
    await page.locator('.stat-value').first().waitFor();
    expect(await open.innerText()).toBe(narrowed);
    await close();
  });

  it('shows a change that is made elsewhere, by itself', async () => {
    const { page, close } = await opened('/funnel?by=count');
    await page.getByText('Live', { exact: true }).waitFor();
    const figure = page.locator('.funnel-figure strong').first();
    const before = Number(await figure.innerText());
    const { status } = await page.request
      .post('/api/deals', {
        headers: { authorization: `Bearer ${walk.product.token}` },
        data: {
          title: 'Sudden order',
          customer: { name: 'Ruifeng' },
          amount: { value: '1000000.00', currency: 'CNY' },
          funnelId: 'demo',
        },
      })
      .then(async (response) => ({ status: response.status() }));
    expect(status).toBe(201);
    await figure.filter({ hasText: new RegExp(`^${before + 1}$`) }).waitFor();
    await close();
  });

  it('shows what stood open on an earlier day', async () => {
    const { page, close } = await opened('/funnel?by=count');
    const figures = () => page.locator('.funnel-figure strong').allInnerTexts();
    const now = await figures();
    await page.goto('/funnel?by=count&asOf=2025-01-31');
    await page.locator('.funnel-figure').first().waitFor();
    const then = await figures();
    expect(then).not.toEqual(now);
    const report = JSON.parse(walk.funnel('report', 'demo', '--json', '--as-of', '2025-01-31T23:59:59.999+08:00')) as {
      stages: { openCount: number }[];
    };
    expect(then).toEqual(report.stages.map(({ openCount }) => `${openCount}`));
    await close();
  });

  it('says why it shows nothing, and tries again when it is told to', async () => {
    const visit = await walk.open('/import');
    const { page } = visit;
    const broken = (url: URL) => url.pathname === '/api/funnels';
    await page.route(broken, (route) => route.fulfill({ status: 500, json: { code: 'internal', detail: 'Broken.' } }));
    await page.goto('/funnel');
    await page.getByRole('alert').getByText('Broken.').waitFor();
    await page.unroute(broken);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.funnel-figure').first().waitFor();
    await visit.close();
  });

  it('lists the deals of a stage as they stood on an earlier day', async () => {
    const { page, close } = await opened('/funnel?by=count&asOf=2025-06-30&stage=lead&show=open');
    const count = Number(await page.locator('.funnel-figure strong').first().innerText());
    expect(count).toBeGreaterThan(0);
    await expectRows(page.getByRole('dialog').getByRole('row'), Math.min(100, count));
    await close();
  });

  it('opens a bar of the waterfall to its events', async () => {
    const { page, close } = await opened('/waterfall?period=12-months');
    await page.getByRole('button', { name: /^Won: / }).click();
    await page.getByRole('dialog', { name: 'Won' }).getByRole('link').first().waitFor();
    await page.getByRole('dialog', { name: 'Won' }).getByRole('link').first().click();
    await page.waitForURL(/\/deals\/demo-1-\d+/);
    await close();
  });

  it('lets the waterfall fall between any two days', async () => {
    const { visit, page, close } = await opened('/waterfall');
    await page.getByRole('button', { name: /Period$/ }).click();
    await page.getByRole('option', { name: 'Between two days' }).click();
    await page.getByLabel('To', { exact: true }).fill('2026-05-20');
    await page.getByLabel('From', { exact: true }).fill('2026-03-10');
    await page.waitForURL(/from=2026-03-10/);
    await page.getByRole('heading', { name: 'Mar 10, 2026 to May 20, 2026' }).waitFor();
    await visit.picture('two-days');
    expect(await visit.barriers()).toEqual([]);
    const days = ['--from', '2026-03-10T00:00:00+08:00', '--to', '2026-05-20T23:59:59.999+08:00'];
    const { closing } = JSON.parse(walk.funnel('waterfall', 'demo', ...days, '--json')) as {
      closing: { count: number };
    };
    await page.getByRole('row', { name: new RegExp(`^Closing\\s+${closing.count}\\s`) }).waitFor();
    await close();
  });

  it('keeps the waterfall to the deals of a team and a region, with what moved in and out', async () => {
    const { page, close } = await opened('/waterfall?period=12-months');
    const movedIn = page.locator('.waterfall-bar', { hasText: 'Moved in' });
    await page.getByRole('row', { name: /^Closing/ }).waitFor();
    expect(await movedIn.count()).toBe(0);
    await page.getByRole('button', { name: /Team/ }).click();
    await page.getByRole('option', { name: 'North' }).click();
    await movedIn.waitFor();
    await page.getByRole('button', { name: /Region/ }).click();
    await page.getByRole('option', { name: 'Zhejiang' }).click();
    await page.waitForURL(/region=Zhejiang/);
    const { closing } = JSON.parse(
      walk.funnel(
        'waterfall',
        'demo',
        '--from',
        '2026-01-01T00:00:00Z',
        '--team',
        'north',
        '--region',
        'Zhejiang',
        '--json',
      ),
    ) as { closing: { count: number } };
    await page.getByRole('row', { name: new RegExp(`^Closing\\s+${closing.count}\\s`) }).waitFor();
    await close();
  });

  it('saves its figures for a spreadsheet', async () => {
    const { page, close } = await opened('/funnel');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV: Every figure' }).click();
    const saved = await (await saving).createReadStream();
    let text = '';
    for await (const chunk of saved) text += chunk;
    expect(text.split('\r\n')).toHaveLength(6 + 2);
    expect(text).toMatch(/^\uFEFFStage,Count,/);
    await close();
  });

  const opened = async (path: string) => {
    const visit = await walk.open(path);
    return { visit, page: visit.page, close: () => visit.close() };
  };
  const expectRows = async (rows: Locator, count: number) => {
    await rows.nth(count).waitFor();
    expect(await rows.count()).toBe(count + 1);
  };
});
