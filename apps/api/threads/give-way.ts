import { constants, setPriority } from 'node:os';

/**
 * Lets whoever else wants a core have it before this thread does. Linux gives each thread a priority of its own, and process
 * 0 means the thread that asks; elsewhere it would be the one of all of the API.
 */
export const giveWay = (): void => {
  if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
};
