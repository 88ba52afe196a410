import type { Page } from 'playwright-core';

interface Watched {
  readonly interactions: Map<number, number>;
}
declare const globalThis: { watched: Watched };

/** Begins to note how long each key and click waits for what it changes on the screen, as browsers measure it. */
export const watchInteractions = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const interactions = new Map<number, number>();
    globalThis.watched = { interactions };
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (interactionId > 0)
          interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
    }).observe({ type: 'event', buffered: false, durationThreshold: 16 } as PerformanceObserverInit);
  });

/** What was noted since the last time: one duration an interaction, in steps of 8 ms; what takes less than 16 ms is not told. */
export const interactionsSince = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const { interactions } = globalThis.watched;
    const durations = [...interactions.values()];
    interactions.clear();
    return durations;
  });
