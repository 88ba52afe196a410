import type { Row, Saying } from '@funnel/importing';
import { DatabaseSync } from 'node:sqlite';

/** Room on disk for what must be looked up, and for what must be sorted, however much it is. */
export class Shelf {
  private readonly database: DatabaseSync;

  constructor() {
    // A database without a name is a file of its own among the temporary ones, gone when it is closed or its process ends.
    this.database = new DatabaseSync('');
    // Nothing here outlives the import, so nothing has to survive a fall.
    this.database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; BEGIN;
      CREATE TABLE looked_up (collection INTEGER, key TEXT, record TEXT, PRIMARY KEY (collection, key)) WITHOUT ROWID;
      CREATE TABLE sayings (deal TEXT, at INTEGER, source INTEGER, number INTEGER, saying TEXT)`);
  }

  /** Keeps records by a key; the last one of a key counts. */
  keeper(collection: number): (key: string, record: Row) => void {
    const put = this.database.prepare('INSERT OR REPLACE INTO looked_up VALUES (?, ?, ?)');
    return (key, record) => void put.run(collection, key, JSON.stringify(record));
  }

  finder(): (collection: number, key: string) => Row | undefined {
    const get = this.database.prepare('SELECT record FROM looked_up WHERE collection = ? AND key = ?');
    return (collection, key) => {
      const found = get.get(collection, key) as { record: string } | undefined;
      return found && (JSON.parse(found.record) as Row);
    };
  }

  sorter(): (saying: Saying) => void {
    const put = this.database.prepare('INSERT INTO sayings VALUES (?, ?, ?, ?, ?)');
    let number = 0;
    return (saying) => void put.run(saying.deal, saying.at, saying.source, number++, JSON.stringify(saying));
  }

  /** Deal by deal, each in order of time; at one instant by source, then as they stood in their file. */
  *sorted(): Generator<Saying> {
    const all = this.database.prepare('SELECT saying FROM sayings ORDER BY deal, at, source, number');
    for (const { saying } of all.iterate() as Iterable<{ saying: string }>) yield JSON.parse(saying) as Saying;
  }

  close(): void {
    this.database.close();
  }
}
