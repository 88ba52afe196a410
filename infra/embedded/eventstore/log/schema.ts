import type { DatabaseSync } from 'node:sqlite';

/** The version of the layout below, kept in the file itself. */
export const schemaVersion = 2;

/**
 * `message` is the whole answer to a read, so that reading copies bytes. `checksum` is its CRC-32: SQLite itself would
 * serve a flipped bit without noticing. There is no unique index on event ids, which would cost two thirds of the
 * write speed; see the idempotency rules for what stands in for it. Streams are read by their `places`, which are written
 * behind the events: those of all up to the position in `settled` are there.
 */
export const createSchema = (database: DatabaseSync): void => {
  database.exec(`
    CREATE TABLE IF NOT EXISTS streams (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE IF NOT EXISTS events (
      position INTEGER PRIMARY KEY,
      stream INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      message BLOB NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS places (
      stream INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (stream, revision)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS settled (position INTEGER NOT NULL) STRICT;
    INSERT INTO settled SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM settled);
    CREATE TABLE IF NOT EXISTS subscription_groups (
      stream TEXT NOT NULL,
      name TEXT NOT NULL,
      definition TEXT NOT NULL,
      origin INTEGER NOT NULL,
      checkpoint INTEGER,
      PRIMARY KEY (stream, name)
    ) STRICT;
    PRAGMA user_version = ${schemaVersion};
  `);
};
