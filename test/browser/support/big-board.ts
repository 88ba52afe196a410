import type { Page } from 'playwright-core';
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
  events: stages.map((stage) => ({ when: { activity: stage }, event: 'ProspectAdded', stage })),
};

const rows = function* (cards: number) {
  yield 'deal,time,activity,owner,amount,title,customer\n';
  for (let index = 0; index < cards; index += 1) {
    const day = new Date(Date.UTC(2026, 8, 1) + (index % 80) * 86_400_000).toISOString();
    yield `big-${index},${day},${stages[index % stages.length]},rep-${index % 40},${1_000 + index},Machine ${index},Customer ${index % 900}\n`;
  }
};

/** Open deals in a funnel of their own, evenly over its stages. */
export const fillBoard = async (product: Product, cards: number): Promise<void> => {
  const file = new Blob([...rows(cards)]);
  const job = await endOfImport(
    product,
    await beginImport(product, { file, mapping: new Blob([JSON.stringify(mapping)]) }),
  );
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
