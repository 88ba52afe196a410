import { setTimeout as pause } from 'node:timers/promises';

/** Whether a promise is kept in time; a broken one counts as not. */
export const answersWithin = async (ms: number, answer: Promise<unknown>): Promise<boolean> => {
  const waiting = new AbortController();
  const kept = answer.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([kept, pause(ms, false, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
};
