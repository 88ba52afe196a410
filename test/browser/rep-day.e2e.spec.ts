import type { Page } from 'playwright-core';
import { get, send, until, type Answer } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import { aDay } from './support/day.ts';
import type { Visit } from './support/visit.ts';
import type { Walk } from './support/walk.ts';

const rep = { id: 'lin-tao', name: 'Lin Tao' };
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

inBrowser('a salesperson’s day', () => {
  let walk: Walk;
  let visit: Visit;
  let page: Page;

  const prospect = (id: string, said: { title: string; stage: string; days: number }) => {
    const { title, stage, days } = said;
    const amount = { value: '3200000.00', currency: 'CNY' };
    const facts = { id, title, customer: { name: 'Jinhua Motors' }, funnelId: 'demo', stage, amount, ownerId: rep.id };
    return send(walk.product, 'POST', '/api/deals', { ...facts, occurredAt: daysAgo(days) });
  };
  /** From now on a deal leaves the stage of need when its budget is known and the decider was met. */
  const demandCriteria = async () => {
    const { label, stages } = await get<Answer<'showFunnel'>>(walk.product, '/api/funnels/demo');
    const exitCriteria = [
      { key: 'budget', label: 'Budget known' },
      { key: 'decider', label: 'Decider met' },
    ];
    const revised = stages.map((stage) => (stage.key === 'need' ? { ...stage, exitCriteria } : stage));
    await send(walk.product, 'PUT', '/api/funnels/demo', { label, stages: revised });
  };
  /** The board shows a move before the views do: the history is asked until it tells as much as is expected. */
  const expectTold = async (id: string, expected: readonly string[]) => {
    const ownSteps = async () => {
      const { items } = await get<Answer<'dealHistory'>>(walk.product, `/api/deals/${id}/history`);
      return items.filter(({ actor }) => actor.user === rep.id).map(({ type }) => type);
    };
    expect(await until(ownSteps, (types) => types.length >= expected.length)).toEqual(expected);
  };

  const day = aDay(400, async (started) => {
    walk = started;
    await demandCriteria();
    await prospect('waiting', { title: 'Press line, second hall', stage: 'contact', days: 75 });
    await prospect('ripe', { title: 'Laser cell for doors', stage: 'need', days: 6 });
    await prospect('dying', { title: 'Retrofit of the old mill', stage: 'negotiation', days: 8 });
    const alertsOf = () => get<Answer<'listAlerts'>>(walk.product, '/api/alerts?status=open&deal=waiting');
    await until(alertsOf, ({ items }) => items.length === 1);
  });
  beforeAll(() => void ({ visit, page } = day));

  it('begins with the link that signs him in, and with his own funnel', async () => {
    await day.signIn({ role: 'rep', user: rep.id });
    await page.getByRole('heading', { name: 'Your funnel today' }).waitFor();
    await visit.settled();
    const mine = await get<Answer<'reportFunnel'>>(walk.product, `/api/funnels/demo/report?owner=${rep.id}`);
    await page.getByText(`${mine.totals.openCount} deals`, { exact: true }).waitFor();
    const owners = await page.locator('.attention-what > span').allInnerTexts();
    expect(owners.length).toBeGreaterThan(0);
    expect(owners.filter((text) => !text.startsWith(rep.name))).toEqual([]);
    await visit.picture('rep-morning');
  });

  it('takes care of what waits too long, among alerts that are his', async () => {
    await day.goTo('Alerts');
    const alert = page.locator('.alert', { hasText: 'Press line, second hall' });
    await alert.getByText('In Contact for 75 days; the limit is 30 days.').waitFor();
    const owners = await page.locator('.alert-more').allInnerTexts();
    expect(owners.filter((text) => !text.includes(rep.name))).toEqual([]);
    await alert.getByRole('button', { name: 'Take care of it' }).click();
    await alert.getByRole('textbox', { name: 'What is being done' }).fill('I call the plant at ten');
    await alert.getByRole('button', { name: 'Take care of it' }).click();
    await page.getByRole('radio', { name: 'Taken care of' }).click();
    await alert.getByText('“I call the plant at ten”').waitFor();
    await alert.getByText(new RegExp(`^${rep.name}, `)).waitFor();
  });

  it('writes down the call, and what comes next', async () => {
    await page.getByRole('link', { name: 'Press line, second hall' }).click();
    await page.getByRole('button', { name: 'Log contact' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Note' }).fill('They want to see the layout first.');
    await dialog.getByRole('button', { name: 'Log contact' }).click();
    await page.getByText('They want to see the layout first.').waitFor();
    await page.getByRole('button', { name: 'Set next step' }).click();
    await page.getByRole('textbox', { name: 'What is to be done' }).fill('Bring the layout');
    await page.getByRole('textbox', { name: 'Place' }).fill('Jinhua');
    await page.getByRole('button', { name: 'Set next step' }).last().click();
    await page.getByText('Next step: Bring the layout, due').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectTold('waiting', ['ContactLogged', 'NextStepSet']);
    await visit.picture('rep-called');
  });

  it('moves a deal on over the board once its criteria are met', async () => {
    await day.goTo('Board');
    await day.choose('Owner', rep.name);
    await page.waitForURL(/owner=lin-tao/);
    await page.getByRole('searchbox', { name: 'Filter cards' }).fill('laser cell');
    const column = (name: string) => page.getByRole('group', { name, exact: true });
    const card = page.locator('.card', { hasText: 'Laser cell for doors' });
    await card.dragTo(column('Proposal').locator('.column-head'));
    const refusal = page.getByRole('dialog', { name: '“Laser cell for doors” stays in Need' });
    await refusal.getByText('A manager may override this rule with a reason.').waitFor();
    await visit.picture('rep-refused');
    for (const criterion of ['Budget known', 'Decider met'])
      await refusal.getByText(criterion, { exact: true }).click();
    await refusal.getByRole('button', { name: 'Move now' }).click();
    await column('Proposal').getByText('Laser cell for doors').waitFor();
    await refusal.waitFor({ state: 'detached' });
    // That it was refused is said by browsers, too.
    visit.complaints.length = 0;
    await expectTold('ripe', ['CriterionMet', 'CriterionMet', 'StageAdvanced']);
  });

  it('gives one up, with the reason', async () => {
    await page.getByRole('searchbox', { name: 'Filter cards' }).fill('retrofit of the old');
    const card = page.locator('.card', { hasText: 'Retrofit of the old mill' });
    await card.getByRole('button', { name: /^What to do with/ }).click();
    await page.getByRole('menuitem', { name: 'Lose', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Why it was lost' }).fill('They buy a new one');
    await dialog.getByRole('textbox', { name: 'Competitor' }).fill('Tongtai');
    await dialog.getByRole('button', { name: 'Lose', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await card.waitFor({ state: 'detached' });
    const dying = () => get<Answer<'showDeal'>>(walk.product, '/api/deals/dying');
    const lost = await until(dying, ({ status }) => status === 'lost');
    expect(lost).toMatchObject({ lostReason: 'They buy a new one', competitor: 'Tongtai' });
  });

  it('ends with how far the quota is', async () => {
    await day.goTo('Quota');
    const row = page.getByRole('row', { name: new RegExp(`^${rep.name}`) });
    await row.waitFor();
    const period = await page.locator('.quota-period-name').innerText();
    const [quarter, year] = period.split(' ');
    const path = `/api/quotas/report?subject=rep-${rep.id}&period=${year}-${quarter}`;
    const { attainment, wonCount } = await get<Answer<'reportQuota'>>(walk.product, path);
    expect(wonCount).toBeGreaterThan(0);
    expect(await row.innerText()).toContain(`${Math.round((attainment ?? 0) * 100)}%`);
    await visit.picture('rep-evening');
  });
});
