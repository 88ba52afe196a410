import type { CloudEvent } from '@funnel/contracts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const isOfDeal = ({ subject }: CloudEvent): boolean => subject.startsWith('deal-');

/** The events of one deal. */
export interface Case {
  readonly subject: string;
  readonly events: readonly CloudEvent[];
}

const opened = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path);
  // Nothing here outlives the export, so nothing has to survive a fall.
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; BEGIN;
    CREATE TABLE events (subject TEXT, time TEXT, revision INTEGER, event TEXT)`);
  return database;
};

function* casesIn(database: DatabaseSync): Generator<Case> {
  const all = database.prepare('SELECT subject, event FROM events ORDER BY subject, time, revision');
  let subject: string | undefined;
  let events: CloudEvent[] = [];
  for (const row of all.iterate() as Iterable<{ subject: string; event: string }>) {
    if (subject !== undefined && subject !== row.subject) {
      yield { subject, events };
      events = [];
    }
    subject = row.subject;
    events.push(JSON.parse(row.event) as CloudEvent);
  }
  if (subject !== undefined) yield { subject, events };
}

/** The events of deals, deal by deal in order of business time; sorted on disk, so that memory stays flat. */
export async function* byCase(events: AsyncIterable<CloudEvent>): AsyncGenerator<Case> {
  const folder = await mkdtemp(join(tmpdir(), 'funnel-export-'));
  const database = opened(join(folder, 'events'));
  try {
    const put = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?)');
    for await (const event of events) {
      if (isOfDeal(event)) put.run(event.subject, event.time, event.revision, JSON.stringify(event));
    }
    yield* casesIn(database);
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
