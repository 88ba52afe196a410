import { auditEvents, readRecords, verifyLog } from '@funnel/audit';
import { connectEventStore, type EventStore } from '@funnel/event-store';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { signRoots } from '../../apps/worker/audit/sign-roots.ts';
import { startEventStore, type EventStoreServer } from '../../infra/embedded/eventstore/index.ts';
import { decodeReadEvent, encodeReadEvent, type RecordedEvent } from '../../infra/embedded/eventstore/log/record.ts';
import { genesisOf, hashOf } from '../../libs/audit/event-hash.ts';
import { context, counter, counterEvents } from '../../libs/event-store/testing/counter.ts';

const { privateKey: key } = generateKeyPairSync('ed25519');
let folder: string;
let server: EventStoreServer;
let log: EventStore;

const open = async () => {
  server = await startEventStore({ port: 0, dataFolder: folder });
  const url = `esdb://127.0.0.1:${server.port}?tls=false`;
  log = connectEventStore({ url }, { ...counterEvents, ...auditEvents });
};
const close = async () => {
  await log.close();
  await server.close();
};
const roots = () => join(folder, 'roots.ndjson');
const count = (stream: string, by: number) =>
  log.execute({ decider: counter, stream, command: { by }, context: context() });

/** Two deals of four events, a root, and one event more. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tampered-'));
  await open();
  for (let by = 1; by <= 4; by += 1) {
    await count('deal-a', by);
    await count('deal-b', by);
  }
  await signRoots({ log, key, path: roots(), now: Date.now });
  await count('deal-a', 5);
});
afterEach(async () => {
  await close();
  await rm(folder, { recursive: true });
});

type Row = { readonly position: number; readonly event: RecordedEvent };

/** The log as somebody has it who holds the database file: everything can be written, checksums included. */
class Culprit {
  private readonly database = new DatabaseSync(join(folder, 'events.db'));

  rows(stream: string): Row[] {
    const all = this.database.prepare('SELECT position, message FROM events ORDER BY position').all();
    return all
      .map(({ position, message }) => ({
        position: Number(position),
        event: decodeReadEvent(Buffer.from(message as Uint8Array)),
      }))
      .filter(({ event }) => event.stream === stream);
  }

  row(stream: string, revision: number): Row {
    const found = this.rows(stream).find(({ event }) => event.revision === revision);
    if (!found) throw new Error(`there is no ${stream}@${revision}`);
    return found;
  }

  write({ position, event }: Row): void {
    const message = encodeReadEvent({ ...event, position });
    const sql = 'UPDATE events SET message = ?, checksum = ?, revision = ? WHERE position = ?';
    this.database.prepare(sql).run(message, crc32(message), event.revision, position);
  }

  /** The store misses a position; so in the place of the event stands one of the store's own, which no reader looks at. */
  remove({ position, event }: Row): void {
    this.database.exec(`INSERT OR IGNORE INTO streams (name) VALUES ('$noise')`);
    const noise = `(SELECT id FROM streams WHERE name = '$noise')`;
    this.database
      .prepare(`UPDATE events SET stream = ${noise}, revision = ? WHERE position = ?`)
      .run(position, position);
    this.write({ position, event: { ...event, stream: '$noise', revision: position } });
  }

  cutFrom({ position }: Row): void {
    this.database.prepare('DELETE FROM events WHERE position >= ?').run(position);
  }

  leave(): void {
    this.database.close();
  }
}

const tamper = async (harm: (culprit: Culprit) => void): Promise<string[]> => {
  await close();
  const culprit = new Culprit();
  harm(culprit);
  culprit.leave();
  // Without this note the store itself has no way to miss its end.
  await rm(join(folder, 'acknowledged'), { force: true });
  await open();
  const { findings } = await verifyLog({ log: log.sealedLog({}), records: readRecords(roots()) });
  return findings.map(({ kind, stream, revision, root }) =>
    stream === null ? `${kind} root ${root}` : `${kind} ${stream}@${revision}`,
  );
};

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const read = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;

describe('in the file of the event store', () => {
  it('nothing is found where nothing was done', async () => {
    expect(await tamper(() => undefined)).toEqual([]);
  });

  it('a changed amount is found', async () => {
    const found = await tamper((culprit) => {
      const { position, event } = culprit.row('deal-a', 1);
      culprit.write({ position, event: { ...event, data: json({ by: 900 }) } });
    });
    expect(found).toEqual(['link-broken deal-a@2']);
  });

  it('a changed author is found', async () => {
    const found = await tamper((culprit) => {
      const { position, event } = culprit.row('deal-b', 2);
      const metadata = { ...read(event.metadata), actor: { user: 'somebody else', role: 'rep' } };
      culprit.write({ position, event: { ...event, metadata: json(metadata) } });
    });
    expect(found).toEqual(['link-broken deal-b@3']);
  });

  it('an event taken from the middle of a deal is found', async () => {
    const found = await tamper((culprit) => culprit.remove(culprit.row('deal-a', 2)));
    expect(found).toEqual(['event-missing deal-a@2']);
  });

  it('the last event of a deal, taken out, is found', async () => {
    const found = await tamper((culprit) => culprit.remove(culprit.row('deal-b', 3)));
    expect(found).toEqual(['stream-cut deal-b@3']);
  });

  it('two events that changed places are found', async () => {
    const found = await tamper((culprit) => {
      const [one, other] = [culprit.row('deal-a', 1), culprit.row('deal-a', 2)];
      culprit.write({ position: one.position, event: { ...other.event, revision: -1 } });
      culprit.write({ position: other.position, event: { ...one.event, revision: 2 } });
      culprit.write({ position: one.position, event: { ...other.event, revision: 1 } });
    });
    expect(found).toEqual(['link-broken deal-a@1', 'link-broken deal-a@2', 'link-broken deal-a@3']);
  });

  it('an end that was cut off, root and all, is found', async () => {
    const found = await tamper((culprit) => culprit.cutFrom(culprit.row('deal-a', 3)));
    expect(found).toEqual(['stream-cut deal-a@3', 'stream-cut deal-b@3', 'root-missing root 0']);
  });

  it('a deal that was changed and linked anew, so that it looks whole, is found', async () => {
    const found = await tamper((culprit) => {
      let previous = genesisOf('deal-a');
      for (const { position, event } of culprit.rows('deal-a')) {
        const data = event.revision === 0 ? { by: 900 } : read(event.data);
        const metadata = { ...read(event.metadata), previous };
        culprit.write({ position, event: { ...event, data: json(data), metadata: json(metadata) } });
        const { id, stream, revision, type } = event;
        previous = hashOf({ id, stream, revision, type, data, metadata });
      }
    });
    expect(found).toEqual(['event-replaced deal-a@3']);
  });
});
