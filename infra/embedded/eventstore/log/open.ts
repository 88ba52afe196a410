import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';
import { checkDamage } from './damage.ts';
import { createSchema, schemaVersion } from './schema.ts';
import { Watermark } from './watermark.ts';

const sqliteBusy = 5;
const damageCodes = new Set([11, 26]); // SQLITE_CORRUPT, SQLITE_NOTADB

/**
 * Opens a data folder and takes it for this process alone. The lock is the operating system's, so it
 * ends with the process, however that ends. Throws a StartError.
 */
export const openDataFolder = (dataFolder: string): { database: DatabaseSync; watermark: Watermark } => {
  const file = join(dataFolder, 'events.db');
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dataFolder, { recursive: true });
    database = new DatabaseSync(file, { timeout: 0 });
    prepareDatabase(database, dataFolder);
    checkDamage(database, dataFolder);
    return { database, watermark: new Watermark(dataFolder) };
  } catch (error) {
    database?.close();
    throw explain(error, dataFolder);
  }
};

const prepareDatabase = (database: DatabaseSync, dataFolder: string): void => {
  // In this mode the lock that the first write takes is never given back.
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT');
  database.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > schemaVersion)
    throw new StartError(
      'data-too-new',
      `The data folder ${dataFolder} was written by a newer version of this server (layout ${version}, this one knows ${schemaVersion}).`,
    );
  createSchema(database);
};

const explain = (error: unknown, dataFolder: string): StartError => {
  if (error instanceof StartError) return error;
  const { errcode, message } = error as { errcode?: number; message: string };
  // Extended codes carry the primary one in their low byte.
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (primary === sqliteBusy)
    return new StartError('data-folder-locked', `The data folder ${dataFolder} is in use by another server.`, error);
  if (primary !== undefined && damageCodes.has(primary))
    return new StartError('data-damaged', `The event log in ${dataFolder} is damaged: ${message}.`, error);
  return new StartError('data-folder-unusable', `The data folder ${dataFolder} cannot be used: ${message}.`, error);
};
