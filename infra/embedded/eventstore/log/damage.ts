import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StartError } from '../start-error.ts';
import { readWatermark } from './watermark.ts';

/** Up to this size the structure of the whole file and every event are checked at every start, in about a second. */
const wholeCheckLimit = 256 * 1024 * 1024;
const newestRows = 10_000;
const noLimit = -1;

/** The size of the file in bytes. Throws a StartError where a part of it is missing. */
export const checkLength = (database: DatabaseSync, dataFolder: string): number => {
  // Brings every committed page into the file itself, so that its length can be trusted, unless a backup is reading.
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  const expected = number(database, 'PRAGMA page_count') * number(database, 'PRAGMA page_size');
  const actual = statSync(join(dataFolder, 'events.db')).size;
  if (busy === 0 && actual < expected) throw damagedIn(dataFolder)(`events.db has ${actual} of ${expected} bytes`);
  return actual;
};

export interface Examination {
  dataFolder: string;
  /** In bytes. */
  size: number;
  thoroughly?: boolean | undefined;
}

/**
 * Refuses a log that is damaged: in its structure, its events or their order, or because something acknowledged is
 * missing. Of a large log only the newest events are looked at, unless it is to be done thoroughly; the older ones are
 * checked by their checksums when they are read. Throws a StartError.
 */
export const checkDamage = (database: DatabaseSync, { dataFolder, size, thoroughly = false }: Examination): void => {
  const damaged = damagedIn(dataFolder);
  const isWhole = thoroughly || size <= wholeCheckLimit;
  if (isWhole) checkStructure(database, damaged);
  const last = number(database, 'SELECT coalesce(max(position), 0) FROM events');
  const acknowledged = readWatermark(dataFolder);
  if (last < acknowledged)
    throw damaged(
      `it ends at position ${last}, but position ${acknowledged} was acknowledged. ` +
        'To go on without the missing events, remove the file "acknowledged"',
    );
  const limit = isWhole ? noLimit : newestRows;
  checkEvents(database, limit, damaged);
  checkPlaces(database, limit, damaged);
};

type Damaged = (what: string) => StartError;

const damagedIn =
  (dataFolder: string): Damaged =>
  (what) =>
    new StartError('data-damaged', `The event log in ${dataFolder} is damaged: ${what}.`);

const checkStructure = (database: DatabaseSync, damaged: Damaged): void => {
  const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (verdict !== 'ok') throw damaged(verdict);
};

const disordered = `
  SELECT position FROM (
    SELECT position, lag(position) OVER (PARTITION BY stream ORDER BY revision) AS before FROM places
  ) WHERE before > position LIMIT 1`;

const misplaced = `
  SELECT newest.position FROM (SELECT position, stream, revision FROM events ORDER BY position DESC LIMIT ?) AS newest
  LEFT JOIN places USING (stream, revision) WHERE places.position IS NOT newest.position LIMIT 1`;

/** No checksum covers what a stream is read by: its events must come in it as they come in the log, each of the newest. */
const checkPlaces = (database: DatabaseSync, limit: number, damaged: Damaged): void => {
  const found = (limit === noLimit && database.prepare(disordered).get()) || database.prepare(misplaced).get(limit);
  if (found)
    throw damaged(`the event at position ${found.position as number} is not where it was written in its stream`);
};

/** Looks at so many of the newest events. */
const checkEvents = (database: DatabaseSync, limit: number, damaged: Damaged): void => {
  const rows = database
    .prepare('SELECT position, checksum, message FROM events ORDER BY position DESC LIMIT ?')
    .iterate(limit) as Iterable<{ position: number; checksum: number; message: Uint8Array }>;
  let next: number | undefined;
  for (const row of rows) {
    if (next !== undefined && row.position !== next - 1) throw damaged(`position ${next - 1} is missing`);
    if (crc32(row.message) !== row.checksum)
      throw damaged(`the event at position ${row.position} is not what was written`);
    next = row.position;
  }
  if (limit === noLimit && next !== undefined && next !== 1) throw damaged(`position ${next - 1} is missing`);
};

const number = (database: DatabaseSync, query: string): number =>
  Object.values(database.prepare(query).get() as Record<string, number>)[0]!;
