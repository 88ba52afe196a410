import { setTimeout as pause } from 'node:timers/promises';

/** Processor time that this process, with all its threads, has used so far, in milliseconds. */
const usedMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** A process that nobody asks anything takes some per cent of one core at most. */
const idlePart = 0.1;

/**
 * Resolves once this process has had little to do for a moment, after so many moments at the latest. What can wait takes no
 * core away from commands then: where all cores are busy, Linux may let who wakes up wait for whoever runs, some milliseconds
 * and whatever their priorities, and a command wakes somebody up half a dozen times.
 */
export const untilQuiet = async ({ momentMs = 250, most = 120, cpuMs = usedMs } = {}): Promise<void> => {
  let before = cpuMs();
  for (let moments = 0; moments < most; moments += 1) {
    await pause(momentMs);
    const now = cpuMs();
    if (now - before <= idlePart * momentMs) return;
    before = now;
  }
};
