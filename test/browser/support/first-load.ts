import type { Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import type { Walk } from './walk.ts';

const isProgram = (path: string): boolean => /\.(js|css|html|svg|woff2)$/.test(path) || !/\.\w+$/.test(path);

/** Of everything but data that is fetched until `open` is done. Fonts are compressed as they are. */
const loadedBytes = async (page: Page, open: () => Promise<unknown>): Promise<number> => {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/api/') || response.status() !== 200 || !isProgram(pathname)) return;
    sizes.push(response.body().then((body) => (pathname.endsWith('.woff2') ? body.length : gzipSync(body).length)));
  });
  await open();
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

/** Bytes, gzipped, of the program and its fonts that a browser which knows nothing yet fetches to show a room and its charts. */
export const firstLoadOf = async (walk: Walk, path: string): Promise<number> => {
  const visit = await walk.open('about:blank', { as: 'nobody' });
  await visit.page.context().addCookies([{ name: 'funnel-token', value: walk.product.token, url: walk.product.url }]);
  const bytes = await loadedBytes(visit.page, async () => {
    await visit.page.goto(path);
    await visit.settled();
  });
  await visit.close();
  return bytes;
};
