import { setTimeout as pause } from 'node:timers/promises';

/** How far one view is, as `GET /api/views` tells it. */
export interface View {
  /** A number, or one with more behind it. */
  readonly position: string;
  readonly head: string;
  readonly caughtUp: boolean;
}

interface Waiting {
  /** Rejects where the api does not answer. */
  readonly look: () => Promise<readonly View[]>;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  readonly pauseMs?: number;
  /** After so many looks that found nothing new it is not waited any longer. */
  readonly patience?: number;
}

/** Says how far they are this often only, in looks. */
const looksPerLine = 10;

/**
 * Waits until the views show all of the log: those of a MongoDB in memory are built anew at each start, and a report that is
 * asked for meanwhile would be of a part of the deals. Where they do not get on, that is said, and nobody is kept waiting.
 */
export const viewsShown = async ({ look, say, stop, pauseMs = 200, patience = 50 }: Waiting): Promise<void> => {
  let before = '';
  for (let looks = 1, inVain = 0; inVain < patience; looks += 1) {
    // With an api that does not answer there is no view to wait for.
    const views = await look().catch(() => []);
    if (stop.aborted || views.every(({ caughtUp }) => caughtUp)) return;
    const places = views.map(({ position }) => position).join();
    inVain = places === before ? inVain + 1 : 0;
    before = places;
    if (looks % looksPerLine === 0) say(`Views are being built from the log: ${percent(views)} %`);
    await pause(pauseMs);
  }
  say('Not every view shows all of the log, and figures may be of a part of it: npx funnel views tells more.');
};

const percent = (views: readonly View[]): number => {
  const parts = views.map(({ position, head }) => parseInt(position, 10) / Math.max(1, parseInt(head, 10)));
  return Math.floor(100 * Math.min(...parts, 1));
};
