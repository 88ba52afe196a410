import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process that serves the folder: a server writes its id into the lock file, and empties it when it ends in order. */
export const lockHolder = (folder: string): number | undefined => {
  const file = join(folder, 'mongod.lock');
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  return Number.isNaN(pid) ? undefined : pid;
};
