import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { StartError } from '../start-error.ts';
import { readWatermark } from './watermark.ts';

/** Up to this size the structure of the whole file is checked at every start, in about a second. */
const wholeCheckLimit = 512 * 1024 * 1024;
const newestRows = 10_000;

/**
 * Refuses a log that is damaged as far as a quick look can tell: structure, length, newest rows, and that nothing
 * acknowledged is missing. Older rows are checked by their checksums when they are read. Throws a StartError.
 */
export const checkDamage = (database: DatabaseSync, dataFolder: string): void => {
  const damaged = (what: string): StartError =>
    new StartError('data-damaged', `The event log in ${dataFolder} is damaged: ${what}.`);
  // Brings every committed page into the file itself, so that its length can be trusted.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const expected = number(database, 'PRAGMA page_count') * number(database, 'PRAGMA page_size');
  const actual = statSync(join(dataFolder, 'events.db')).size;
  if (actual < expected) throw damaged(`events.db has ${actual} of ${expected} bytes`);
  if (actual <= wholeCheckLimit) {
    const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (verdict !== 'ok') throw damaged(verdict);
  }
  const last = number(database, 'SELECT coalesce(max(position), 0) FROM events');
  const acknowledged = readWatermark(dataFolder);
  if (last < acknowledged)
    throw damaged(
      `it ends at position ${last}, but position ${acknowledged} was acknowledged. ` +
        'To go on without the missing events, remove the file "acknowledged"',
    );
  checkNewest(database, damaged);
};

const checkNewest = (database: DatabaseSync, damaged: (what: string) => StartError): void => {
  const rows = database
    .prepare('SELECT position, checksum, message FROM events ORDER BY position DESC LIMIT ?')
    .iterate(newestRows) as Iterable<{ position: number; checksum: number; message: Uint8Array }>;
  let next: number | undefined;
  for (const row of rows) {
    if (next !== undefined && row.position !== next - 1) throw damaged(`position ${next - 1} is missing`);
    if (crc32(row.message) !== row.checksum)
      throw damaged(`the event at position ${row.position} is not what was written`);
    next = row.position;
  }
};

const number = (database: DatabaseSync, query: string): number =>
  Object.values(database.prepare(query).get() as Record<string, number>)[0]!;
