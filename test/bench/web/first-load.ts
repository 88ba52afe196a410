import type { Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';

const isProgram = (path: string): boolean => /\.(js|css|html|svg|woff2)$/.test(path) || !/\.\w+$/.test(path);

/** Bytes, gzipped, of everything but data that the browser fetches until `open` is done. Fonts are compressed as they are. */
export const loadedBytes = async (page: Page, open: () => Promise<unknown>): Promise<number> => {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/api/') || response.status() !== 200 || !isProgram(pathname)) return;
    sizes.push(response.body().then((body) => (pathname.endsWith('.woff2') ? body.length : gzipSync(body).length)));
  });
  await open();
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};
