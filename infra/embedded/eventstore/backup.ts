import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { logFile, openDataFolder } from './log/open.ts';
import { readWatermark, Watermark } from './log/watermark.ts';

export interface BackupRequest {
  /** Whether a server uses it or not. */
  dataFolder: string;
  /** A folder that does not exist yet. */
  to: string;
}

/**
 * Copies a data folder as it stands at one moment after the call, so with everything that was acknowledged before it. A
 * server may be started on the copy. The copy gets its name only when every event in it has been checked. Resolves with
 * the position of its last event. Throws an error whose message is a sentence for whoever asked.
 */
export const backUp = async ({ dataFolder, to }: BackupRequest): Promise<number> => {
  const target = resolve(to);
  if (existsSync(target)) throw new Error(`${to} exists already; a backup goes into a new folder.`);
  const source = join(dataFolder, logFile);
  if (!existsSync(source)) throw new Error(`There is no event log in ${dataFolder}.`);
  const acknowledged = readWatermark(dataFolder);
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = mkdtempSync(`${target}.unfinished-`);
  try {
    await copyDatabase(source, join(unfinished, logFile));
    const last = check(unfinished, acknowledged);
    renameSync(unfinished, target);
    return last;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`The backup of ${dataFolder} was not made: ${(error as Error).message}`, { cause: error });
  }
};

/** More pages than there are: in one step, and so within one read transaction, which writers do not wait for. */
const allPages = 2 ** 31 - 1;

const copyDatabase = async (from: string, to: string): Promise<void> => {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    await backup(database, to, { rate: allPages });
  } finally {
    database.close();
  }
};

/** Opens the copy as a server would, and looks at all of it. The position of the last event. */
const check = (folder: string, acknowledged: number): number => {
  const watermark = new Watermark(folder);
  watermark.advance(acknowledged);
  watermark.close();
  const copy = openDataFolder(folder, { thoroughly: true });
  try {
    const { last } = copy.database.prepare('SELECT max(position) AS last FROM events').get() as { last: number };
    copy.watermark.advance(last);
    return last;
  } finally {
    copy.close();
  }
};
