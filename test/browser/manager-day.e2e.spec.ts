import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { get, until, type Answer } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import { aDay } from './support/day.ts';
import type { Visit } from './support/visit.ts';
import type { Walk } from './support/walk.ts';

inBrowser('a manager’s day', () => {
  let walk: Walk;
  let visit: Visit;
  let page: Page;

  const report = (query = '') => get<Answer<'reportFunnel'>>(walk.product, `/api/funnels/demo/report${query}`);

  const day = aDay(500, async (started) => {
    walk = started;
    const alerts = () => get<Answer<'listAlerts'>>(walk.product, '/api/alerts?status=open&team=north');
    await until(alerts, ({ items }) => items.length > 0);
  });
  beforeAll(() => void ({ visit, page } = day));

  it('begins with the alerts of his team', async () => {
    await day.signIn({ role: 'manager', user: 'mei' });
    await page.getByRole('heading', { name: 'The company today' }).waitFor();
    await day.goTo('Alerts');
    await day.choose('Team', 'North');
    await page.waitForURL(/team=north/);
    const north = ['Chen Jing', 'Liu Yang', 'Zhao Min', 'Sun Hao'];
    // Some may still be raised meanwhile.
    const counted = async () => {
      const { items } = await get<Answer<'listAlerts'>>(walk.product, '/api/alerts?status=open&team=north&limit=50');
      return { listed: items.length, shown: await page.locator('.alert').count() };
    };
    await until(counted, ({ listed, shown }) => shown === listed);
    const owners = await page.locator('.alert-more').allInnerTexts();
    expect(owners.filter((text) => !north.some((name) => text.includes(name)))).toEqual([]);
    const alert = page.locator('.alert').first();
    const title = (await alert.getByRole('link').textContent()) ?? '';
    await alert.getByRole('button', { name: 'Take care of it' }).click();
    await page.getByRole('textbox', { name: 'What is being done' }).fill('We go there together on Friday');
    await alert.getByRole('button', { name: 'Take care of it' }).click();
    await page.locator('.alert', { hasText: title }).waitFor({ state: 'detached' });
    await visit.picture('manager-morning');
  });

  it('looks where his team loses, and reads why', async () => {
    await day.goTo('Funnel');
    await day.choose('Team', 'North');
    await page.waitForURL(/team=north/);
    const { totals, stages } = await report('?team=north');
    await page.getByText(`in ${totals.openCount} deals`, { exact: true }).waitFor();
    const worst = stages.toSorted((one, other) => other.lost - one.lost)[0];
    if (!worst) throw new Error('no stages');
    await page.getByRole('button', { name: new RegExp(`^${worst.lost} lost in ${worst.label.split(' ')[0]}`) }).click();
    const sheet = page.getByRole('dialog', { name: /^Lost in/ });
    const rows = sheet.locator('tbody tr');
    await rows.nth(Math.min(100, worst.lost) - 1).waitFor();
    expect(await rows.count()).toBe(Math.min(100, worst.lost));
    await visit.picture('manager-lost');
    await sheet.getByRole('link').first().click();
    await page.waitForURL(/\/deals\//);
    await page.locator('.tag-lost').waitFor();
    await page.getByText('Why it was lost').waitFor();
  });

  it('opens what stands too long, cell by cell', async () => {
    await day.goTo('Aging');
    const cell = page.locator('.heat-cell[data-over=yes] button').first();
    const deals = Number(await cell.locator('span').textContent());
    await cell.click();
    await page.getByRole('button', { name: /Show all/ }).waitFor();
    const rows = page.locator('.aging-list tbody tr');
    expect(await rows.count()).toBe(deals);
    expect(await rows.first().innerText()).toMatch(/Over limit|Over twice/);
    await visit.picture('manager-aging');
  });

  it('goes back a year with the slider, and comes back to today', async () => {
    await day.goTo('Funnel');
    const open = page.locator('.stat-value').first();
    const today = await open.innerText();
    const track = page.locator('.time-rail-track');
    const box = await track.boundingBox();
    if (!box) throw new Error('the slider is not on the screen');
    await page.mouse.move(box.x + box.width, box.y + 17);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.66, box.y + 17, { steps: 8 });
    await page.mouse.up();
    await page.waitForURL(/asOf=\d{4}-\d\d-\d\d/);
    await page.getByText(/You are looking at the evening of/).waitFor();
    const shown = new URL(page.url()).searchParams.get('asOf') ?? '';
    const then = await report(`?asOf=${shown}T23:59:59.999%2B08:00`);
    await page.getByText(`in ${then.totals.openCount} deals`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Back to today' }).click();
    await page.waitForURL((url) => !url.searchParams.has('asOf'));
    await open.filter({ hasText: today }).waitFor();
  });

  it('asks what other weights would have said, and adopts what was learnt', async () => {
    await day.goTo('Forecast lab');
    const bias = page.locator('.stat', { hasText: 'Bias' }).locator('.stat-value');
    const before = await bias.innerText();
    await page.getByRole('slider', { name: 'Lead' }).focus();
    await page.keyboard.press('Home');
    await page.waitForURL(/weights=lead/);
    await bias.filter({ hasNotText: before }).waitFor();
    await page.getByRole('radio', { name: 'Calibration' }).click();
    await page.getByRole('button', { name: 'Adopt by count' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('What the last two years taught');
    await page.getByRole('button', { name: 'Adopt these weights' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const funnel = () => get<Answer<'showFunnel'>>(walk.product, '/api/funnels/demo');
    const { versions } = await until(funnel, (known) => known.versions.at(-1)?.reason !== null);
    expect(versions.at(-1)).toMatchObject({ reason: 'What the last two years taught', evidence: { basis: 'count' } });
  });

  it('follows a bar of the waterfall to its events and to a deal', async () => {
    await day.goTo('Waterfall');
    await day.choose('Period', '12 months');
    await page.getByRole('button', { name: /^Added: / }).click();
    const sheet = page.getByRole('dialog', { name: 'Added' });
    await sheet.getByRole('link').first().waitFor();
    await visit.picture('manager-waterfall');
    await sheet.getByRole('link').last().click();
    await page.waitForURL(/\/deals\/demo-1-\d+/);
    await page.getByRole('slider', { name: 'Moment that is shown' }).waitFor();
  });

  it('gives a deal to somebody else', async () => {
    await day.goTo('Board');
    await page.locator('.card-title').first().click();
    await page.waitForURL(/\/deals\//);
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const { ownerId } = await get<Answer<'showDeal'>>(walk.product, `/api/deals/${id}`);
    const [to, name] = ownerId === 'zhao-min' ? ['sun-hao', 'Sun Hao'] : ['zhao-min', 'Zhao Min'];
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Change owner' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Owner/ }).click();
    await page.getByRole('option', { name, exact: true }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('He knows the plant');
    await dialog.getByRole('button', { name: 'Change owner' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('He knows the plant').waitFor();
    await until(
      () => get<Answer<'showDeal'>>(walk.product, `/api/deals/${id}`),
      (deal) => deal.ownerId === to,
    );
  });

  it('takes the figures along in a file', async () => {
    await day.goTo('Funnel');
    await page.locator('.funnel-figure').first().waitFor();
    const download = async () => {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV: Every figure' }).click();
      const text = await readFile(await (await saving).path(), 'utf8');
      return text.replace('\uFEFF', '').trim().split('\r\n');
    };
    const { stages } = await report();
    const figures = stages.map(({ label, openCount, openAmount, weightedAmount, ...stage }) =>
      [
        ...[label.split(' ')[0], openCount, Number(openAmount.value), Number(weightedAmount.value)],
        ...[stage.entered, stage.advanced, stage.lost, stage.movedBack, stage.stillThere],
      ].join(),
    );
    // A room that was seen before shows what it knew while it asks again; the file says what the room shows.
    const [header, ...saved] = await until(download, ([, ...lines]) =>
      lines.every((line, at) => line.startsWith(`${figures[at]},`)),
    );
    expect(saved).toHaveLength(figures.length);
    expect(header).toBe(
      'Stage,Count,Open amount,Weighted amount,Entered,Advanced,Lost,Moved back,Still there,Conversion,Later won,Median dwell,p90 dwell',
    );
  });
});
