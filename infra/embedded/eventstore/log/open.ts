import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';
import { checkDamage, checkLength } from './damage.ts';
import { lockDataFolder } from './lock.ts';
import { settlePlaces } from './places.ts';
import { createSchema, schemaVersion } from './schema.ts';
import { Watermark } from './watermark.ts';

const sqliteBusy = 5;
/** SQLITE_CORRUPT, SQLITE_CONSTRAINT (two events at one place of a stream), SQLITE_NOTADB. */
const damageCodes = new Set([11, 19, 26]);

export const logFile = 'events.db';

/** A data folder that this process has for itself. */
export interface DataFolder {
  database: DatabaseSync;
  watermark: Watermark;
  close(): void;
}

export interface OpenOptions {
  /** Check every event, however long that takes. */
  thoroughly?: boolean;
}

/** Opens a data folder, creating what is missing, and takes it for this process alone. Throws a StartError. */
export const openDataFolder = (dataFolder: string, options: OpenOptions = {}): DataFolder => {
  const opened: { close(): void }[] = [];
  const close = (): void => opened.toReversed().forEach((resource) => resource.close());
  try {
    mkdirSync(dataFolder, { recursive: true });
    opened.push(lockDataFolder(dataFolder));
    const database = new DatabaseSync(join(dataFolder, logFile), { timeout: patienceMs });
    opened.push(database);
    prepareDatabase(database, dataFolder);
    const size = checkLength(database, dataFolder);
    // A log that is refused stays as it was.
    database.exec('BEGIN IMMEDIATE');
    bringUpToDate(database);
    checkDamage(database, { dataFolder, size, ...options });
    database.exec('COMMIT');
    const watermark = new Watermark(dataFolder);
    opened.push(watermark);
    return { database, watermark, close };
  } catch (error) {
    close();
    throw explain(error, dataFolder);
  }
};

/** A backup that begins while nobody uses the log may hold it for a moment. */
const patienceMs = 5000;

const prepareDatabase = (database: DatabaseSync, dataFolder: string): void => {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY');
  database.exec(`PRAGMA cache_size = -${cacheKiB}`);
  // While a backup reads, the write-ahead log can only grow; afterwards it shall shrink again.
  database.exec(`PRAGMA journal_size_limit = ${writeAheadBytes}`);
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > schemaVersion)
    throw new StartError(
      'data-too-new',
      `The data folder ${dataFolder} was written by a newer version of this server (layout ${version}, this one knows ${schemaVersion}).`,
    );
};

const bringUpToDate = (database: DatabaseSync): void => {
  createSchema(database);
  settlePlaces(database);
  database.exec(dropOldIndex);
};

/** What layout 1 read its streams by. Gone only now: with it, their places are found in order. */
const dropOldIndex = 'DROP INDEX IF EXISTS events_by_stream';

const cacheKiB = 32 * 1024;
const writeAheadBytes = 16 * 1024 * 1024;

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
