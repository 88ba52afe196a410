import { setTimeout as pause } from 'node:timers/promises';

/** The server may be far away and busy with other work. */
const patienceMs = 20_000;

/** Asks until the condition holds. @throws when it does not in time */
export const eventually = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const until = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`not within ${patienceMs} ms: ${what}`);
    await pause(10);
  }
};

/** What a promise was rejected with. @throws where it was not */
export const refusal = async <Refusal = Error & { readonly type?: string; readonly code?: unknown }>(
  promise: Promise<unknown>,
): Promise<Refusal> => {
  try {
    await promise;
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('it was not refused');
};
