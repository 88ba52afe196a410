import { send } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import { looks, Walk } from './support/walk.ts';

inBrowser('the room of a deal', () => {
  let walk: Walk;
  const id = 'press-line';
  const tell = (path: string, body: object) => send(walk.product, 'POST', `/api/deals${path}`, body);

  beforeAll(async () => {
    walk = await Walk.start(40);
    await tell('', {
      ...{ id, title: 'Press line for Jinhua', customer: { name: 'Jinhua Motors', region: 'Zhejiang' } },
      ...{
        amount: { value: '5000000.00', currency: 'CNY' },
        funnelId: 'funnel-list',
        stage: 'p25',
        ownerId: 'wu-fang',
      },
      ...{ expectedClose: '2027-01-31', occurredAt: '2026-07-01T09:00:00+08:00' },
    });
    await tell(`/${id}/contacts`, { kind: 'visit', note: 'They want two.', occurredAt: '2026-07-03T10:00:00+08:00' });
    await tell(`/${id}/value`, {
      ...{ amount: { value: '6500000.00', currency: 'CNY' }, expectedClose: '2027-03-31' },
      occurredAt: '2026-08-01T10:00:00+08:00',
    });
  }, 120_000);
  afterAll(() => walk?.stop());

  it.each(looks)('shows itself in $language, $theme, on a $viewport, and keeps nobody out', async (look) => {
    const visit = await walk.open(`/deals/${id}`, look);
    await visit.page.getByText('Jinhua Motors').first().waitFor();
    await visit.picture();
    expect(await visit.barriers()).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  it('tells its life in sentences, and only those one asks for', async () => {
    const { page, close } = await opened();
    await page.getByText('Amount ¥5,000,000 → ¥6,500,000 · Expected close Jan 31, 2027 → Mar 31, 2027').waitFor();
    await page.getByText('They want two.').waitFor();
    await page.getByRole('radio', { name: 'Contacts' }).click();
    await page.waitForURL(/about=contact/);
    expect(await page.locator('.event').count()).toBe(1);
    await close();
  });

  it('weighs nothing until it has a next step, which is set by keyboard alone', async () => {
    const { page, close } = await opened();
    await page.getByText('0 %: no open next step').waitFor();
    await page.getByRole('button', { name: 'Set next step' }).press('Enter');
    await page.keyboard.type('Visit the plant');
    await page.keyboard.press('Enter');
    await page.getByText('Next step: Visit the plant, due').waitFor();
    await page.getByText('25%, by its stage').waitFor();
    await close();
  });

  it('says beside the field what was wrong with it, and keeps what was typed', async () => {
    const { page, close } = await opened();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Change amount or close' }).click();
    await page.getByRole('textbox', { name: 'Amount' }).fill('1,5oo');
    await page.getByRole('dialog').getByRole('button', { name: 'Change amount or close' }).click();
    await page.getByText(/Expected: a decimal such as/).waitFor();
    expect(await page.getByRole('textbox', { name: 'Amount' }).inputValue()).toBe('1,5oo');
    await close();
  });

  it('explains why it may not advance, and advances once the criteria are ticked', async () => {
    const { visit, page, close } = await opened({ as: { role: 'rep', user: 'wu-fang' } });
    await page.getByRole('button', { name: /^Advance to/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Not everything is met that must be before a deal leaves/).waitFor();
    await dialog.getByText('A manager may override this rule with a reason.').waitFor();
    await visit.picture('refused');
    expect(await visit.barriers()).toEqual([]);
    for (const box of await dialog.getByRole('checkbox').all()) {
      await box.press('Space');
    }
    await dialog.getByRole('button', { name: 'Move now' }).click();
    await page.getByText('Advanced: 25 % → 50 %').waitFor();
    await close();
  });

  it('is shown as of any moment of its life, and cannot be changed there', async () => {
    const { visit, page, close } = await opened();
    await page.getByRole('slider', { name: 'Moment that is shown' }).focus();
    await page.keyboard.press('Home');
    await page.waitForURL(/at=2026-07-01/);
    await page.getByText('¥5,000,000', { exact: true }).waitFor();
    await page.getByText(/go back to now to change something/).waitFor();
    expect(await page.getByRole('button', { name: 'Log contact' }).count()).toBe(0);
    await visit.picture('past');
    expect(await visit.barriers()).toEqual([]);
    await page.reload();
    await page.getByText('¥5,000,000', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('¥6,500,000', { exact: true }).waitFor();
    await close();
  });

  it('says so when the day that is shown lies before it began', async () => {
    const { page, close } = await opened({}, '?asOf=2026-06-01');
    await page.getByText('This deal was not there yet').waitFor();
    await page.getByRole('button', { name: 'Show its beginning' }).click();
    await page.getByText('¥5,000,000', { exact: true }).waitFor();
    await close();
  });

  const opened = async (as = {}, query = '') => {
    const visit = await walk.open(`/deals/${id}${query}`, as);
    return { visit, page: visit.page, close: () => visit.close() };
  };
});
