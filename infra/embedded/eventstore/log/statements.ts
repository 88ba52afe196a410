import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Rows as arrays: a third cheaper than objects where there are many. */
const inArrays = (statement: StatementSync): StatementSync => {
  statement.setReturnArrays(true);
  return statement;
};

/** Every query of the log, prepared once. */
export const prepareStatements = (database: DatabaseSync) => ({
  addStream: database.prepare('INSERT INTO streams (name) VALUES (?) RETURNING id'),
  findStream: database.prepare('SELECT id FROM streams WHERE name = ?'),
  hasStreamBetween: database.prepare('SELECT 1 FROM streams WHERE name >= ? AND name < ? LIMIT 1'),
  addEvent: database.prepare(
    'INSERT INTO events (position, stream, revision, checksum, message) VALUES (?, ?, ?, ?, ?)',
  ),
  last: database.prepare('SELECT position, checksum, message FROM events ORDER BY position DESC LIMIT 1'),
  at: database.prepare('SELECT position, checksum, message FROM events WHERE position = ?'),
  allForwards: inArrays(
    database.prepare('SELECT position, checksum, message FROM events WHERE position >= ? ORDER BY position LIMIT ?'),
  ),
  allBackwards: inArrays(
    database.prepare(
      'SELECT position, checksum, message FROM events WHERE position < ? ORDER BY position DESC LIMIT ?',
    ),
  ),
  streamForwards: inArrays(
    database.prepare(
      `SELECT position, checksum, message, places.revision FROM places JOIN events USING (position)
       WHERE places.stream = ? AND places.revision BETWEEN ? AND ? ORDER BY places.revision LIMIT ?`,
    ),
  ),
  streamBackwards: inArrays(
    database.prepare(
      `SELECT position, checksum, message, places.revision FROM places JOIN events USING (position)
       WHERE places.stream = ? AND places.revision BETWEEN ? AND ? ORDER BY places.revision DESC LIMIT ?`,
    ),
  ),
});

export type Statements = ReturnType<typeof prepareStatements>;
