import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../support/client.ts';
import { inBrowser } from './support/chromium.ts';
import type { Visit } from './support/visit.ts';
import { Walk } from './support/walk.ts';

inBrowser('a room whose server does not answer', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await Walk.start(120);
  }, 120_000);
  afterAll(() => walk?.stop());

  /** Each room, what it asks for first, and what it shows once it is answered. */
  const rooms = [
    ['/', '/api/funnels/demo/report', '.stat-value'],
    ['/funnel', '/api/funnels/demo/report', '.funnel-figure'],
    ['/board', '/api/aging', '.card'],
    ['/aging', '/api/aging', '.heat-cell button'],
    ['/alerts', '/api/alerts', '.alert, .state:not(.state-failed)'],
    ['/waterfall', '/api/funnels/demo/waterfall', '.waterfall-face'],
    ['/quota', '/api/quotas/report', '.bullet'],
    ['/quota?by=team', '/api/quotas/teams', '.quota-subjects td'],
    ['/forecast', '/api/reforecasts/comparison', '.plot-drawing'],
    ['/deals/demo-1-7', '/api/deals/demo-1-7', '.deal-head'],
  ] as const;

  const brokenRoom = async (room: string, path: string): Promise<Visit> => {
    // The frame is there; what the room asks for is broken from its first question on.
    const visit = await walk.open('/import');
    const unavailable = {
      status: 503,
      json: { code: 'unavailable', detail: 'A part of the product cannot be reached.' },
    };
    await visit.page.route(
      (url) => url.pathname === path,
      (route) => route.fulfill(unavailable),
    );
    await visit.page.goto(room);
    await visit.page.getByRole('alert').getByText('A part of the product cannot be reached.').first().waitFor();
    await visit.page.getByRole('button', { name: 'Try again' }).first().waitFor();
    return visit;
  };

  it.each([rooms.slice(0, 5), rooms.slice(5)])(
    'says so, and shows itself by itself when the server is back: %s, %s, %s, %s, %s',
    async (...some) => {
      await Promise.all(
        some.map(async ([room, path, sign]) => {
          const visit = await brokenRoom(room, path);
          await visit.picture(`${room.replaceAll(/\W/g, '')}-broken`);
          expect(await visit.barriers()).toEqual([]);
          await visit.page.unrouteAll({ behavior: 'wait' });
          await visit.page.locator(sign).first().waitFor();
          await visit.page.getByRole('alert').first().waitFor({ state: 'detached' });
          await visit.close();
        }),
      );
    },
    60_000,
  );

  it.each([
    ['/funnel', '.funnel-figure'],
    ['/aging', '.aging-list td'],
    ['/quota', '.quota-before li'],
    ['/waterfall', '.waterfall-face'],
  ])(
    '%s keeps what it showed while the line is broken, and is up to date when it is mended',
    async (room, sign) => {
      const visit = await walk.open(`${room}?funnel=demo`);
      const { page } = visit;
      await page.getByText('Live', { exact: true }).waitFor();
      const main = page.locator('#room');
      await main.locator(sign).first().waitFor();
      const before = await main.innerText();
      await page.context().setOffline(true);
      await page.getByText(/The connection is broken off/).waitFor({ timeout: 20_000 });
      expect(await main.innerText()).toBe(before);
      await send(walk.product, 'POST', '/api/deals', {
        ...{
          title: `Sold while ${room} was away`,
          customer: { name: 'Ruifeng' },
          funnelId: 'demo',
          ownerId: 'lin-tao',
        },
        amount: { value: '7000000.00', currency: 'CNY' },
      });
      await pause(300);
      expect(await main.innerText()).toBe(before);
      await page.context().setOffline(false);
      await page.getByText(/The connection is broken off/).waitFor({ state: 'detached', timeout: 20_000 });
      await page.waitForFunction((text) => document.querySelector<HTMLElement>('#room')?.innerText !== text, before);
      await visit.close();
    },
    60_000,
  );
});
