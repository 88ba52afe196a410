import type { Page } from 'playwright-core';
import { get, send, until, type Answer } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('the board', () => {
  let walk: Walk;
  const prospect = (id: string, said: object = {}) =>
    send(walk.product, 'POST', '/api/deals', {
      ...{ id, title: `Press line ${id}`, customer: { name: 'Jinhua Motors' }, funnelId: 'funnel-list', stage: 'p25' },
      ...{ amount: { value: '1000000.00', currency: 'CNY' }, ownerId: 'wu-fang', ...said },
    });

  beforeAll(async () => {
    walk = await Walk.start(400);
    await prospect('guarded');
    await prospect('dragged');
    await prospect('changed');
    await prospect('keyed', { stage: 'p50' });
    await prospect('guest', { stage: 'p90', title: 'guest', customer: { name: 'guest' }, ownerId: 'import-10862' });
  }, 120_000);
  afterAll(() => walk?.stop());

  const opened = async (path = '/board?funnel=funnel-list', look = {}) => {
    const visit = await walk.open(path, look);
    await visit.page.locator('.card').first().waitFor();
    return { visit, page: visit.page, close: () => visit.close() };
  };
  const column = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
  /** A picked-up card is over a stage; what is pressed sooner goes to the page, not to the card. */
  const hovering = (page: Page, stage: string) => page.locator(`[data-target][aria-label="${stage}"]`).waitFor();

  it.each(looks)('shows itself in $language, $theme, on a $viewport, and keeps nobody out', async (look) => {
    const { visit, close } = await opened('/board?funnel=demo', look);
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await close();
  });

  it('adds a prospect', async () => {
    const { page, close } = await opened();
    await page.getByRole('button', { name: 'Add prospect' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Laser line');
    await page.getByRole('textbox', { name: 'Customer' }).fill('Hengda');
    await page.getByRole('textbox', { name: 'Amount' }).fill('1,250,000');
    await page.getByRole('dialog').getByRole('button', { name: 'Add prospect' }).click();
    const opportunity = column(page, 'Opportunity');
    await opportunity.getByText('Laser line').waitFor();
    await opportunity.getByText('¥1.25M').first().waitFor();
    await close();
  });

  it('takes a dragged card back when its stage may not be left, says why, and lets a manager override', async () => {
    const { visit, page, close } = await opened(undefined, { as: { role: 'manager', user: 'mei' } });
    const card = page.locator('.card', { hasText: 'Press line dragged' });
    await card.dragTo(column(page, '50 %').locator('.column-head'));
    const dialog = page.getByRole('dialog', { name: '“Press line dragged” stays in 25 %' });
    await dialog.waitFor();
    await column(page, '25 %').getByText('Press line dragged').waitFor();
    await visit.picture('refused');
    await dialog.getByRole('textbox', { name: 'Why the rule does not hold this time' }).fill('They signed the plan');
    await dialog.getByRole('button', { name: 'Move now' }).click();
    await column(page, '50 %').getByText('Press line dragged').waitFor();
    await close();
  });

  it('is moved by keyboard alone: from card to card, into its menu, back with a reason', async () => {
    const { page, close } = await opened();
    await column(page, '50 %').locator('.card-title', { hasText: 'keyed' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Move to 25 %' }).press('Enter');
    await page.keyboard.type('The budget was cut');
    await page.getByRole('button', { name: 'Send back to 25 %' }).press('Enter');
    await column(page, '25 %').locator('.card-title:focus', { hasText: 'Press line keyed' }).waitFor();
    await close();
  });

  it('keeps the focus on a card that is moved, also when it may not, and goes to the next when one leaves', async () => {
    await prospect('first', { stage: 'p90', title: 'Leaves first' });
    const { page, close } = await opened();
    const focused = (stage: string, title: string) =>
      column(page, stage).locator('.card-title:focus', { hasText: title }).waitFor();
    const menuOf = (title: string) => page.getByRole('button', { name: `What to do with ${title}` });
    await menuOf('Leaves first').press('Enter');
    await page.getByRole('menuitem', { name: 'Move to Opportunity' }).press('Enter');
    await page.getByRole('textbox', { name: 'Reason' }).fill('Too early');
    await page.getByRole('button', { name: 'Send back to Opportunity' }).press('Enter');
    await focused('Opportunity', 'Leaves first');
    await menuOf('Leaves first').press('Enter');
    await page.getByRole('menuitem', { name: 'Move to 25 %' }).press('Enter');
    await focused('25 %', 'Leaves first');
    await menuOf('Leaves first').press('Enter');
    await page.getByRole('menuitem', { name: 'Move to 50 %' }).press('Enter');
    await page.getByRole('dialog', { name: /stays in 25 %/ }).waitFor();
    await page.keyboard.press('Escape');
    await focused('25 %', 'Leaves first');
    await menuOf('Leaves first').press('Enter');
    await page.getByRole('menuitem', { name: 'Lose', exact: true }).press('Enter');
    await page.getByLabel('Why it was lost').fill('price');
    await page.getByRole('dialog').getByRole('button', { name: 'Lose', exact: true }).press('Enter');
    await column(page, '25 %').locator('.card-title:focus', { hasNotText: 'Leaves first' }).waitFor();
    await close();
  });

  it('shows a name once that is both of a deal and of its customer, and offers owners that are no reps', async () => {
    const { page, close } = await opened();
    await page.getByRole('button', { name: /Owner$/ }).click();
    await page.getByRole('option', { name: 'import-10862' }).click();
    await page.waitForURL(/owner=import-10862/);
    await page.locator('.card', { hasText: 'Press line' }).first().waitFor({ state: 'detached' });
    expect((await page.locator('.card', { hasText: 'guest' }).innerText()).match(/guest/g)).toHaveLength(1);
    await close();
  });

  it('drops a card that was picked up by keyboard', async () => {
    const { page, close } = await opened();
    await page.getByRole('button', { name: 'Move Press line keyed' }).focus();
    await page.keyboard.press('Enter');
    // It hovers over its own stage first; the next one, 50 %, asks for criteria.
    await hovering(page, '25 %');
    await page.keyboard.press('Tab');
    await hovering(page, '50 %');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /stays in 25 %/ }).waitFor();
    await page.getByLabel('Why the rule does not hold this time').fill('The appointment is tomorrow');
    await page.getByRole('button', { name: 'Move now' }).press('Enter');
    await column(page, '50 %').getByText('Press line keyed').waitFor();
    await close();
  });

  it('moves a card on before its first move is answered, and takes back both when that one is refused', async () => {
    await prospect('hurried', { funnelId: 'six-step', stage: 'lead' });
    const { page, close } = await opened('/board?funnel=six-step');
    const moveTo = async (stage: string) => {
      await page
        .locator('.card', { hasText: 'Press line hurried' })
        .getByRole('button', { name: /^What to do/ })
        .click();
      await page.getByRole('menuitem', { name: `Move to ${stage}`, exact: true }).click();
      await column(page, stage).getByText('Press line hurried').waitFor();
    };
    const held = Promise.withResolvers<void>();
    await page.route('**/api/deals/hurried/advance', (route) => held.promise.then(() => route.continue()), {
      times: 1,
    });
    await moveTo('Contact');
    await moveTo('Need');
    held.resolve();
    await until(
      () => get<Answer<'showDeal'>>(walk.product, '/api/deals/hurried'),
      ({ stage, revision }) => stage === 'need' && revision === 2,
    );
    const refused = Promise.withResolvers<void>();
    await page.route('**/api/deals/hurried/advance', (route) => refused.promise.then(() => route.abort()), {
      times: 1,
    });
    await moveTo('Proposal');
    await moveTo('Negotiation');
    refused.resolve();
    await page.getByRole('dialog').waitFor();
    await column(page, 'Need').getByText('Press line hurried').waitFor();
    expect(await get<Answer<'showDeal'>>(walk.product, '/api/deals/hurried')).toMatchObject({
      stage: 'need',
      revision: 2,
    });
    await close();
  });

  it('does not overwrite what another changed meanwhile', async () => {
    const { page, close } = await opened();
    const card = page.locator('.card', { hasText: 'Press line changed' });
    await card.waitFor();
    // Nothing that changes reaches this page any more, but commands do.
    await page.route('**/api/aging**', (route) => route.abort());
    await send(walk.product, 'POST', '/api/deals/changed/value', { amount: { value: '2.00', currency: 'CNY' } });
    await card.getByRole('button', { name: /^What to do with/ }).click();
    await page.getByRole('menuitem', { name: 'Win' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Win' }).click();
    await page
      .getByRole('dialog')
      .getByText(/revision/)
      .waitFor();
    await close();
  });

  it('shows a move of somebody else, by itself', async () => {
    const { page, close } = await opened();
    await prospect('elsewhere', { stage: 'p90' });
    await column(page, '90 %').getByText('Press line elsewhere').waitFor();
    await close();
  });

  it('cannot be changed in the past', async () => {
    const { visit, page, close } = await opened('/board?funnel=demo&asOf=2026-03-31');
    await page.getByText('The past cannot be changed: cards stay where they stood.').waitFor();
    expect(await page.getByRole('button', { name: /^(Move|What to do with)/ }).count()).toBe(0);
    await visit.picture('past');
    await close();
  });
});
