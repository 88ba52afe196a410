import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a data folder for this process alone, until the result is closed or the process ends, however it ends: the lock
 * is the operating system's. It is on a file of its own, so that a backup may read the log meanwhile. Throws SQLite's
 * busy error if another process has it.
 */
export const lockDataFolder = (dataFolder: string): DatabaseSync => {
  const lock = new DatabaseSync(join(dataFolder, 'lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
};
