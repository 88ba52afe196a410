import type { Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { beginImport, endOfImport, viewsHaveSeen } from '../../support/client.ts';
import type { Product } from '../../support/product.ts';

const stages = ['lead', 'contact', 'need', 'proposal', 'negotiation', 'closing'];
const mapping = {
  ...{ format: 'event-log', currency: 'CNY', timeZone: 'Asia/Shanghai' },
  columns: {
    deal: 'deal',
    time: 'time',
    activity: 'activity',
    owner: 'owner',
    amount: 'amount',
    title: 'title',
    customer: 'customer',
  },
  funnel: {
    ...{ id: 'big', label: 'Big' },
    stages: stages.map((key, index) => ({ key, label: key, part: 'top', weight: (index + 1) / 10, maxDwellDays: 30 })),
  },
  owners: { on: ['*'], ignore: [''] },
  events: [
    ...stages.map((stage) => ({ when: { activity: `add ${stage}` }, event: 'ProspectAdded', stage })),
    ...stages.slice(1).map((to) => ({ when: { activity: to }, event: 'StageAdvanced', to })),
    { when: { activity: 'won' }, event: 'DealWon' },
    { when: { activity: 'lost' }, event: 'DealLost', reason: 'price' },
  ],
};

const dayMs = 86_400_000;
const autumn = Date.UTC(2026, 8, 1);

interface Line {
  readonly index: number;
  readonly at: number;
  readonly activity: string;
}
const row = ({ index, at, activity }: Line): string => {
  const owner = `rep-${index % 40}`;
  const names = `Machine ${index},Customer ${index % 900}`;
  return `big-${index},${new Date(at).toISOString()},${activity},${owner},${1_000 + index},${names}\n`;
};

/** Open deals, evenly over the stages; they were added where they stand. */
const openDeal = (index: number): string =>
  row({ index, at: autumn + (index % 80) * dayMs, activity: `add ${stages[index % stages.length]}` });

/** A deal of the three years before, which went on for some stages and was won or lost. */
const closedDeal = (index: number): string => {
  const added = autumn - ((index * 7) % 1_000) * dayMs - 90 * dayMs;
  const steps = stages.slice(1, 1 + (index % stages.length));
  const activities = ['add lead', ...steps, index % 3 === 0 ? 'won' : 'lost'];
  return activities.map((activity, step) => row({ index, at: added + step * 15 * dayMs, activity })).join('');
};

const rows = function* ({ cards, closed }: Filling) {
  yield 'deal,time,activity,owner,amount,title,customer\n';
  for (let index = 0; index < cards; index += 1) yield openDeal(index);
  for (let index = cards; index < cards + closed; index += 1) yield closedDeal(index);
};

interface Filling {
  /** Open deals. */
  readonly cards: number;
  /** Deals that are closed by now. */
  readonly closed: number;
}

/** Deals in a funnel of their own. */
export const fillBoard = async (product: Product, filling: Filling): Promise<void> => {
  const file = new Blob([gzipSync([...rows(filling)].join(''), { level: 1 })]);
  const parts = { file, mapping: new Blob([JSON.stringify(mapping)]) };
  const job = await endOfImport(product, await beginImport(product, parts));
  if (job.status !== 'done') throw new Error(`the import ended as ${job.status}: ${job.fault}`);
  await viewsHaveSeen(product, job.position);
};

export const bigBoard = '/board?funnel=big';

/** Waits until the board counts so many cards. */
export const boardHas = async (page: Page, cards: number): Promise<void> => {
  await page.waitForFunction(
    (count) => {
      const shown = [...document.querySelectorAll('.column-count')].map((each) =>
        Number(each.textContent?.replace(/\D/g, '')),
      );
      return shown.reduce((sum, each) => sum + each, 0) === count;
    },
    cards,
    { timeout: 60_000 },
  );
};
