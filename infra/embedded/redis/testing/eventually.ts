import { setTimeout as pause } from 'node:timers/promises';

/** What the condition answers once it is truthy; fails after ten seconds without. */
export const eventually = async <T>(what: string, condition: () => T | Promise<T>): Promise<T> => {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`);
    await pause(20);
  }
};
