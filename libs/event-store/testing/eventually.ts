import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the condition holds. @throws when it does not within the time */
export const eventually = async (holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> => {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`did not come true within ${withinMs} ms`);
    await pause(10);
  }
};
