import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('the forecast lab', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(400);
  }, 120_000);
  afterAll(() => walk?.stop());

  const other = '/forecast?funnel=demo&weights=lead:0.03,contact:0.1,need:0.22';
  it.each(looks)('shows the past under other weights in $language, $theme, on a $viewport', async (look) => {
    const visit = await walk.open(other, look);
    await visit.page.locator('.chart-line').nth(2).waitFor();
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it.each([
    ['calibration', 'en'],
    ['simulation', 'en'],
    ['calibration', 'zh-CN'],
    ['simulation', 'zh-CN'],
  ] as const)('shows the %s in %s', async (view, language) => {
    const visit = await walk.open(`/forecast?funnel=demo&view=${view}`, { language });
    await visit.page.locator('.plot-drawing').first().waitFor({ timeout: 20_000 });
    await visit.picture(view);
    expect(await visit.barriers()).toEqual([]);
    await visit.close();
  });

  it('re-draws when a weight is moved, by keyboard too, and comes back to what was', async () => {
    const visit = await walk.open('/forecast?funnel=demo');
    const { page } = visit;
    const bias = page.locator('.stat', { hasText: 'Bias' }).locator('.stat-value');
    const before = await bias.textContent();
    await page.getByRole('slider', { name: 'Proposal' }).focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('PageDown');
    await page.waitForURL(/weights=proposal/);
    await expectChanged(async () => bias.textContent(), before);
    await page.getByRole('group', { name: 'Weights' }).getByRole('button', { name: 'As it was' }).click();
    await page.waitForURL((url) => !url.searchParams.has('weights'));
    await expectSame(async () => bias.textContent(), before);
    await visit.close();
  });

  it('opens a figure to the deals behind it', async () => {
    const visit = await walk.open(other);
    const { page } = visit;
    const count = page.getByRole('button', { name: /^Deals of All/ }).first();
    const expected = Number(await count.textContent());
    await count.click();
    const dialog = page.getByRole('dialog');
    const deals = dialog.locator('tbody tr');
    await deals.first().waitFor();
    expect(await deals.count()).toBe(Math.min(expected, 100));
    // Called as people call them, not by id.
    expect(await deals.first().getByRole('link').innerText()).not.toMatch(/^demo-/);
    await visit.picture('deals');
    expect(await visit.barriers()).toEqual([]);
    await visit.close();
  });

  it('takes weights that were learnt along to be tried', async () => {
    const visit = await walk.open('/forecast?funnel=demo&view=calibration');
    await visit.page.getByRole('button', { name: 'Try the weights by count' }).click();
    await visit.page.waitForURL(/weights=lead/);
    await visit.page
      .getByText(/nearer/)
      .first()
      .waitFor();
    await visit.close();
  });

  it('lets a manager adopt what was learnt, and nobody else', async () => {
    const path = '/forecast?funnel=demo&view=calibration';
    const rep = await walk.open(path, { as: { role: 'rep', user: 'li' } });
    await rep.page.getByRole('button', { name: 'Try the weights by count' }).waitFor();
    expect(await rep.page.getByRole('button', { name: /^Adopt/ }).count()).toBe(0);
    await rep.close();
    const manager = await walk.open(path, { as: { role: 'manager', user: 'mei' } });
    await manager.page.getByRole('button', { name: 'Adopt by count' }).click();
    await manager.picture('adopt');
    expect(await manager.barriers()).toEqual([]);
    await manager.page.getByLabel('Reason').fill('What two years taught');
    await manager.page.getByRole('button', { name: 'Adopt these weights' }).click();
    await manager.page.getByRole('dialog').waitFor({ state: 'detached' });
    const answer = await manager.page.request.get('/api/funnels/demo');
    const { versions } = (await answer.json()) as { versions: { reason: string | null; evidence: object | null }[] };
    expect(versions.at(-1)).toMatchObject({ reason: 'What two years taught', evidence: { basis: 'count' } });
    await manager.close();
  });

  const eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + 10_000; !(await isSo());) {
      if (Date.now() > end) throw new Error('it did not come about within 10 s');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  type Text = () => Promise<string | null>;
  const expectChanged = (text: Text, from: string | null) => eventually(async () => (await text()) !== from);
  const expectSame = (text: Text, as: string | null) => eventually(async () => (await text()) === as);
});
