import { send } from '../support/client.ts';
import { bigBoard, boardHas, fillBoard } from './support/big-board.ts';
import { inBrowser } from './support/chromium.ts';
import { Walk } from './support/walk.ts';

const cards = 10_000;

inBrowser('a board with ten thousand cards', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(0);
    await fillBoard(walk.product, { cards, closed: 0 });
  }, 300_000);
  afterAll(() => walk?.stop());

  const opened = async () => {
    const visit = await walk.open(bigBoard);
    await boardHas(visit.page, cards);
    return { visit, page: visit.page, column: (name: string) => visit.page.getByRole('group', { name, exact: true }) };
  };

  it('keeps only what is seen in the document', async () => {
    const { visit, page, column } = await opened();
    await visit.picture();
    expect(await page.locator('.card').count()).toBeLessThan(150);
    await column('lead')
      .locator('.column-scroll')
      .evaluate((element) => element.scrollTo(0, 90_000));
    await page.locator('.card[data-index="770"]').first().waitFor();
    expect(await page.locator('.card').count()).toBeLessThan(150);
    await visit.close();
  }, 120_000);

  it('reads no more than what has changed, here or elsewhere', async () => {
    const { visit, page, column } = await opened();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/api/aging') asked.push(searchParams.get('ids') ?? 'everything');
    });
    const first = column('lead').locator('.card').first();
    const title = (await first.locator('.card-title').textContent()) ?? '';
    await first.getByRole('button', { name: /^What to do with/ }).click();
    await page.getByRole('menuitem', { name: 'Move to contact' }).click();
    await column('contact').getByText(title, { exact: true }).waitFor();
    await send(walk.product, 'POST', '/api/deals/big-3/lose', { reason: 'price' });
    await boardHas(page, cards - 1);
    // What came in one moment is asked for at once.
    expect(new Set(asked.flatMap((ids) => ids.split(',')))).toEqual(
      new Set([title.replace('Machine ', 'big-'), 'big-3']),
    );
    await visit.close();
  }, 120_000);
});
