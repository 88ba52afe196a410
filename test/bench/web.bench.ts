/**
 * (h) What people wait for in the browser: from a key or a click to the next paint on a board with many cards, from moving
 * a slider to the re-drawn lines over a long history, and what a first visit loads. Arguments: cards, deals, rounds, a data
 * folder to fill once and use again.
 */
import type { Page } from 'playwright-core';
import { setTimeout as pause } from 'node:timers/promises';
import { bigBoard, boardHas, fillBoard } from '../browser/support/big-board.ts';
import { chromium } from '../browser/support/find-chromium.ts';
import { firstLoadOf } from '../browser/support/first-load.ts';
import { Walk } from '../browser/support/walk.ts';
import { call, send } from '../support/client.ts';
import { interactionsSince, watchInteractions } from './web/interactions.ts';
import { redrawsSince, watchRedraws } from './web/redraws.ts';
import { median, printTable, quantile, round } from './figures.ts';

if (!chromium) process.exit(0);

const [cards = 10_000, deals = 100_000, rounds = 5] = process.argv.slice(2, 5).map(Number);
const dataFolder = process.argv[5];

type Waits = Map<string, number[]>;
const note = (waits: Waits, name: string, values: readonly number[]): void =>
  void waits.set(name, [...(waits.get(name) ?? []), ...values]);

const printWaits = (title: string, waits: Waits): void =>
  printTable(
    [title, 'times', 'median ms', 'p75 ms', 'slowest ms'],
    [...waits].map(([name, values]) => [
      ...[name, values.length, round(median(values)), round(quantile(values, 0.75)), round(Math.max(...values))],
    ]),
  );

/** Done once the page is at rest again. */
const restMs = 700;

const board = async (walk: Walk): Promise<void> => {
  const visit = await walk.open(bigBoard);
  const { page } = visit;
  await boardHas(page, cards);
  await pause(2 * restMs);
  await watchInteractions(page);
  const waits: Waits = new Map();
  const measure = async (name: string, act: () => Promise<unknown>) => {
    await act();
    await pause(restMs);
    const slowest = Math.max(...(await interactionsSince(page)), 0);
    // Browsers do not tell of what took less than a frame.
    note(waits, name, [Math.max(slowest, 16)]);
  };
  const menuButton = () => page.locator('.column').nth(1).locator('.card [aria-haspopup]').nth(1);
  for (let turn = 0; turn < rounds; turn += 1) {
    await page.getByRole('searchbox', { name: 'Filter cards' }).click();
    await interactionsSince(page);
    await measure('type a filter', () => page.keyboard.type('customer 77', { delay: 60 }));
    await measure('clear it', () => page.keyboard.press('Escape'));
    await page.locator('.card-title').first().focus();
    await measure('walk down the cards', async () => {
      for (let step = 0; step < 15; step += 1) await page.keyboard.press('ArrowDown');
    });
    await measure('go to the last card', () => page.keyboard.press('End'));
    await page.keyboard.press('Home');
    await pause(restMs);
    await measure('open a menu', () => menuButton().click());
    await measure('walk down the menu', () => page.keyboard.press('ArrowDown'));
    await measure('close it', () => page.keyboard.press('Escape'));
    await menuButton().click();
    await pause(restMs);
    await interactionsSince(page);
    await measure('move a card', () => page.getByRole('menuitem', { name: 'Move to need' }).click());
    await measure('walk while a deal changes elsewhere', () => walkWhileChanging(walk, page, turn));
  }
  printWaits(`${round(cards)} cards`, waits);
  await visit.close();
};

const walkWhileChanging = async (walk: Walk, page: Page, turn: number): Promise<void> => {
  await page.locator('.card-title').first().focus();
  await interactionsSince(page);
  const value = { amount: { value: `${turn + 1}.00`, currency: 'CNY' } };
  const changing = send(walk.product, 'POST', `/api/deals/big-${turn * 6 + 5}/value`, value);
  for (let step = 0; step < 15; step += 1) await page.keyboard.press('ArrowDown', { delay: 20 });
  await changing;
};

const lab = async (walk: Walk, by: string): Promise<void> => {
  const visit = await walk.open(`/forecast?funnel=big&by=${by}`);
  const { page } = visit;
  await page.locator('.chart-line').nth(2).waitFor();
  await pause(2 * restMs);
  await watchInteractions(page);
  await watchRedraws(page, '.chart');
  const waits: Waits = new Map();
  const slider = page.getByRole('slider', { name: 'proposal' });
  await slider.focus();
  // Each key asks for weights that were not asked for before.
  for (let step = 0; step < rounds * 3; step += 1) {
    await page.keyboard.press('ArrowLeft');
    await pause(restMs);
    note(waits, 'a key, until the thumb moves', [Math.max(...(await interactionsSince(page)), 16)]);
    note(waits, 'a key, until the lines move', await redrawsSince(page));
  }
  const thumb = await page.locator('.weight-slider-thumb').nth(2).boundingBox();
  if (!thumb) throw new Error('there is no thumb to drag');
  const [x, y] = [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await redrawsSince(page);
  for (let step = 0; step < rounds * 3; step += 1) {
    // By more than one of the slider's steps.
    await page.mouse.move(x - 4 * (step + 1), y);
    await pause(100);
  }
  note(waits, 'a drag, until the lines move', await redrawsSince(page));
  await page.mouse.up();
  printWaits(`${round(deals)} deals by ${by}`, waits);
  await visit.close();
};

const firstLoad = async (walk: Walk): Promise<void> => {
  const rows: (string | number)[][] = [];
  for (const path of ['/', '/funnel', '/board', '/forecast']) {
    rows.push([path, round((await firstLoadOf(walk, path)) / 1_000)]);
  }
  printTable(['first visit', 'kB gzipped'], rows);
};

const walk = await Walk.start(0, {}, dataFolder);
const isThere = async (deal: string): Promise<boolean> => (await call(walk.product, `/api/deals/${deal}`)).ok;
if (!(await isThere('big-1'))) await fillBoard(walk.product, { cards, closed: deals - cards });
await board(walk);
for (const by of ['total', 'owner']) await lab(walk, by);
await firstLoad(walk);
await walk.stop();
