import { availableParallelism } from 'node:os';

/** What Node gives each of its processes for collecting garbage and compiling, however few cores there are. */
const usual = 4;

/**
 * As a flag of Node: one thread fewer than cores. On two cores, four of them in each of five processes keep the threads that
 * have the work off their core, and these then wait for the one that comes last.
 */
export const helperThreads = `--v8-pool-size=${Math.max(1, Math.min(usual, availableParallelism() - 1))}`;
