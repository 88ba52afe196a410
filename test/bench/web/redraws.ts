import type { Page } from 'playwright-core';

declare const globalThis: { redraws: number[] };

/** Begins to note how long it takes from a key or a drag until the lines of a chart that it changes are on the screen. */
export const watchRedraws = (page: Page, chart: string): Promise<void> =>
  page.evaluate((selector) => {
    const redraws: number[] = [];
    globalThis.redraws = redraws;
    let since: number | undefined;
    const begin = ({ timeStamp }: Event) => (since ??= timeStamp);
    for (const type of ['keydown', 'pointermove']) addEventListener(type, begin, { capture: true });
    const note = () => {
      if (since === undefined) return;
      const began = since;
      since = undefined;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // Told after the frame is drawn.
        port1.onmessage = () => redraws.push(performance.now() - began);
        port2.postMessage(null);
      });
    };
    const lines = { subtree: true, attributes: true, attributeFilter: ['d'], childList: true };
    new MutationObserver(note).observe(document.querySelector(selector) as Element, lines);
  }, chart);

/** What was noted since the last time, in milliseconds. */
export const redrawsSince = (page: Page): Promise<number[]> => page.evaluate(() => globalThis.redraws.splice(0));
