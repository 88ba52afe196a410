import { availableParallelism } from 'node:os';

/** What Node gives each of its processes for collecting garbage and compiling, however few cores there are. */
const usual = 4;

/**
 * One thread fewer than cores. On two cores, four of them in each of several processes keep the threads that have the work
 * off their core, and these then wait for the one that comes last.
 */
export const helperThreadsOn = (cores: number): number => Math.max(1, Math.min(usual, cores - 1));

/** The same for this machine, as a flag of Node. */
export const helperThreads = `--v8-pool-size=${helperThreadsOn(availableParallelism())}`;
