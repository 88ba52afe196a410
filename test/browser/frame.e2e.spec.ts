import { inBrowser } from './support/chromium.ts';
import { firstLoadOf } from './support/first-load.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('the frame around every room', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(60);
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each(looks)('shows itself in $language, $theme, on a $viewport, and keeps nobody out', async (look) => {
    const visit = await walk.open('/', look);
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    expect(await visit.page.getAttribute('html', 'lang')).toBe(look.language);
    await visit.close();
  });

  it('is signed in by the link that the program prints', async () => {
    const visit = await walk.open('/', { as: 'nobody' });
    await visit.page.getByRole('heading', { name: 'Sign in to Funnel Ledger' }).waitFor();
    await visit.picture('signed-out');
    expect(await visit.barriers()).toEqual([]);
    await visit.page.goto(`/sign-in?token=${walk.product.token}`);
    await visit.page.getByRole('navigation').waitFor();
    expect(new URL(visit.page.url()).pathname).toBe('/');
    await visit.close();
  });

  it('changes its language and theme, and remembers both', async () => {
    const { page, close } = await opened();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitemradio', { name: '中文' }).click();
    await page.getByRole('button', { name: /^账户/ }).click();
    await page.getByRole('menuitemradio', { name: '深色' }).click();
    await page.reload();
    await page.getByRole('link', { name: '首页' }).waitFor();
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    await close();
  });

  it('finds a deal by keyboard alone', async () => {
    const { visit, page, close } = await opened();
    await page.keyboard.press('Control+k');
    const answered = page.waitForResponse(/[?&]q=demo-1-7(&|$)/);
    await page.keyboard.type('demo-1-7');
    await answered;
    await visit.picture('search');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/deals\/demo-1-7/);
    await close();
  });

  it('goes back in time with one slider, says so, and comes back', async () => {
    const { page, visit, close } = await opened();
    await page.getByRole('slider').focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageDown');
    await page.waitForURL(/asOf=\d{4}-\d\d-\d\d/);
    await page.getByText(/You are looking at the evening of/).waitFor();
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/^[A-Z][a-z]{2} \d{1,2}, 20\d\d$/);
    await visit.picture('past');
    expect(await visit.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Back to today' }).click();
    await page.waitForURL((url) => !url.searchParams.has('asOf'));
    await close();
  });

  it('leads to every room on a phone, also to those that have no place at its foot', async () => {
    const visit = await walk.open('/', { viewport: 'phone' });
    const { page } = visit;
    const foot = page.getByRole('navigation', { name: 'Rooms' });
    const more = foot.getByRole('button', { name: /More rooms/ });
    expect(await foot.getByRole('link').allInnerTexts()).toEqual(['Home', 'Funnel', 'Board', 'Alerts']);
    for (const room of ['Aging', 'Waterfall', 'Quota', 'Forecast lab', 'Import']) {
      await more.click();
      await page.getByRole('menuitem', { name: room }).click();
      await page.getByRole('heading', { level: 1, name: room }).waitFor();
      expect(await more.innerText()).toBe(room);
      expect(await visit.overflow()).toBeLessThanOrEqual(0);
    }
    await more.click();
    await page.getByRole('menuitem', { name: 'Quota' }).waitFor();
    await visit.picture('more-rooms');
    expect(await visit.barriers()).toEqual([]);
    await visit.close();
  });

  it('says that the connection is broken off', async () => {
    const { page, close } = await opened();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByText(/The connection is broken off/).waitFor({ timeout: 20_000 });
    await page.context().setOffline(false);
    await page.getByText(/The connection is broken off/).waitFor({ state: 'detached', timeout: 20_000 });
    await close();
  }, 60_000);

  it.each([
    '/',
    '/funnel',
    '/board',
    '/aging',
    '/alerts',
    '/waterfall',
    '/quota',
    '/forecast',
    '/forecast?view=calibration',
    '/forecast?view=simulation',
    '/import',
    '/deals/demo-1-7',
  ])('opens %s first after less than 350 kB', async (room) => {
    const bytes = await firstLoadOf(walk, room);
    console.log(`first load of ${room}: ${Math.round(bytes / 1_000)} kB gzipped`);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(350_000);
  });

  const opened = async () => {
    const visit = await walk.open('/');
    return { visit, page: visit.page, close: () => visit.close() };
  };
});
