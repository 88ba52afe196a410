import { inBrowser } from './support/chromium.ts';
import { looks, Walk, type Walker } from './support/walk.ts';

inBrowser('an empty company', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(0);
  }, 120_000);
  afterAll(() => walk?.stop());

  const opened = async (walker: Walker = {}) => {
    const visit = await walk.open('/', walker);
    return { visit, page: visit.page, close: () => visit.close() };
  };

  it.each(looks)('tells how to begin in $language, $theme, on a $viewport, and keeps nobody out', async (look) => {
    const visit = await walk.open('/', look);
    await visit.picture('first-start');
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('leaves it to managers to fill it', async () => {
    const { page, close } = await opened({ as: { role: 'rep', user: 'lin-tao' } });
    expect(await page.getByRole('button', { name: 'Fill it for me' }).isDisabled()).toBe(true);
    await close();
  });

  it.each([
    ['/funnel', 'Nothing has entered this funnel yet'],
    ['/board', 'No open deals'],
    ['/aging', 'No open deals'],
    ['/alerts', 'Nothing is waiting'],
    ['/waterfall', 'Nothing happened in this time'],
    ['/quota', 'No quotas for this period yet'],
    ['/forecast', 'No history to ask yet'],
    ['/deals/nothing', 'This could not be shown'],
  ])('says in %s why there is nothing, and what to do about it', async (room, title) => {
    const visit = await walk.open(room);
    await visit.page.getByText(title).first().waitFor();
    await visit.picture('empty');
    expect(await visit.barriers()).toEqual([]);
    await visit.close();
  });

  it('is filled with the demonstration, which is then shown around', async () => {
    const { visit, page, close } = await opened();
    await page.getByRole('button', { name: 'Fill it for me' }).click();
    await page.getByRole('progressbar', { name: /Writing three years/ }).waitFor();
    await visit.picture('filling');
    await page.getByRole('dialog', { name: 'Start here each morning' }).waitFor({ timeout: 180_000 });
    await visit.picture('tour');
    expect(await visit.barriers()).toEqual([]);
    for (let step = 1; step < 5; step += 1) await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('dialog', { name: 'Language, theme, and you' }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'The company today' }).waitFor();
    await close();
  }, 300_000);
});
