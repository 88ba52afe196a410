import type { AlertsContext } from './context.ts';

/** An import that has shown no progress for this long was broken off. */
const silenceMs = 30_000;

/** Whether an import is writing history just now: half a history must not raise alerts. */
export const importIsRunning = async ({ views, now }: AlertsContext): Promise<boolean> => {
  const running = await views.documents<{ status: string; updatedAt: number }>('imports').find({ status: 'running' });
  return running.some(({ updatedAt }) => updatedAt > now() - silenceMs);
};
