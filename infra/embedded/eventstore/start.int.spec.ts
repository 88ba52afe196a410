import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StartError, startEventStore, type EventStoreServer } from './index.ts';
import { events, many, TestNode } from './testing/test-node.ts';
import { eventually, rejection } from './testing/waiting.ts';
import { endProcess, startProcess } from './testing/server-process.ts';

let dataFolder: string;
const running: EventStoreServer[] = [];
beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-start-'))));
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const start = async (folder = dataFolder, port = 0): Promise<EventStoreServer> => {
  const server = await startEventStore({ port, dataFolder: folder });
  running.push(server);
  return server;
};

const refusal = async (attempt: Promise<unknown>): Promise<StartError> => {
  const error = await rejection<StartError>(attempt);
  expect(error).toBeInstanceOf(StartError);
  return error;
};

const connect = ({ port }: { port: number }) =>
  EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);

/** A log with a thousand events, closed properly. */
const writeLog = async (): Promise<void> => {
  const server = await startEventStore({ port: 0, dataFolder });
  const client = connect(server);
  for (let part = 0; part < 4; part++) await client.appendToStream('stream', many(250));
  await client.dispose();
  await server.close();
};

const file = () => join(dataFolder, 'events.db');

const change = (statements: string): void => {
  const database = new DatabaseSync(file());
  database.exec(statements);
  database.close();
};

const toFormerLayout = `DROP TABLE places; DROP TABLE settled; PRAGMA user_version = 1;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision)`;

describe('starting', () => {
  it('is refused on a port that is in use, and leaves the data folder free', async () => {
    const { port } = await start(join(dataFolder, 'first'));
    const error = await refusal(start(join(dataFolder, 'second'), port));
    expect(error).toMatchObject({ code: 'port-in-use' });
    expect(error.message).toContain(String(port));
    await start(join(dataFolder, 'second'));
  });

  it('is refused on a folder that another server uses, in this process', async () => {
    await start();
    const error = await refusal(start());
    expect(error).toMatchObject({ code: 'data-folder-locked' });
    expect(error.message).toContain(dataFolder);
  });

  it('is refused on a folder that another process uses, until that one is dead, however it died', async () => {
    const other = await startProcess(dataFolder);
    expect((await refusal(start())).code).toBe('data-folder-locked');
    await endProcess(other, 'SIGKILL');
    await start();
  });

  it('is refused on a folder that cannot be one', async () => {
    writeFileSync(join(dataFolder, 'file'), '');
    expect((await refusal(start(join(dataFolder, 'file')))).code).toBe('data-folder-unusable');
  });

  it('is refused on a layout from the future', async () => {
    await writeLog();
    const file = openSync(join(dataFolder, 'events.db'), 'r+');
    writeSync(file, Buffer.from([0, 0, 0, 99]), 0, 4, 60); // where SQLite keeps user_version
    closeSync(file);
    expect((await refusal(start())).code).toBe('data-too-new');
  });

  it('takes over a layout in which each event was indexed as it came', async () => {
    await writeLog();
    change(toFormerLayout);
    const client = connect(await start());
    let revision = 0n;
    for await (const { event } of client.readStream('stream')) expect(event!.revision).toBe(revision++);
    expect(revision).toBe(1_000n);
    await client.dispose();
  });

  it('as a program says in one line that it is ready, or why it is not, and ends when it is told to', async () => {
    const program = await startProcess(dataFolder);
    const refused = await rejection<Error & { exitCode: number }>(startProcess(dataFolder));
    expect(refused).toMatchObject({
      exitCode: 1,
      message: `The data folder ${dataFolder} is in use by another server.`,
    });
    expect(await endProcess(program, 'SIGTERM')).toBe(0);
  });
});

describe('a damaged log is refused', () => {
  const damaged = async (what: RegExp): Promise<void> => {
    const error = await refusal(start());
    expect(error.code).toBe('data-damaged');
    expect(error.message).toMatch(what);
  };
  beforeEach(writeLog);

  it('when its file is cut', async () => {
    truncateSync(file(), statSync(file()).size - 8192);
    await damaged(/damaged/);
  });

  it('when its file is something else', async () => {
    writeFileSync(file(), 'x'.repeat(10_000));
    await damaged(/not a database/);
  });

  it('when a page is overwritten', async () => {
    const size = statSync(file()).size;
    const handle = openSync(file(), 'r+');
    writeSync(handle, Buffer.alloc(4096, 0xff), 0, 4096, Math.floor(size / 8192) * 4096);
    closeSync(handle);
    await damaged(/damaged/);
  });

  it('when a single bit of an event is turned', async () => {
    const bytes = readFileSync(file());
    const at = bytes.lastIndexOf('"number":7');
    bytes[at + 9]! ^= 1;
    writeFileSync(file(), bytes);
    await damaged(/is not what was written/);
  });

  it('when two events of a stream have changed places', async () => {
    const database = new DatabaseSync(file());
    const swap = database.prepare(
      'UPDATE events SET revision = ? WHERE revision = ? AND stream = (SELECT max(id) FROM streams)',
    );
    for (const [to, from] of [
      [-1, 0],
      [0, 1],
      [1, -1],
    ])
      expect(swap.run(to!, from!).changes).toBe(1);
    database.close();
    await damaged(/is not where it was written/);
  });

  it.each([
    ['that two events have changed', 'UPDATE places SET position = 1016 - position WHERE revision IN (2, 998)'],
    ['that an event does not have', 'DELETE FROM places WHERE revision = 998'],
  ])('when its streams are read by places %s', async (_, tamper) => {
    // Starting writes the places of what was written before.
    await (await startEventStore({ port: 0, dataFolder })).close();
    change(tamper);
    await damaged(/is not where it was written/);
  });

  it('and stays in the layout that it had', async () => {
    change(`${toFormerLayout}; UPDATE events SET position = position + 1 WHERE revision = 999`);
    await damaged(/position 1007 is missing/);
    const database = new DatabaseSync(file(), { readOnly: true });
    const objects = database.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('events_by_stream', 'places')`);
    expect(objects.all()).toEqual([{ name: 'events_by_stream' }]);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    database.close();
  });

  it('when the end of what was acknowledged is missing', async () => {
    copyFileSync(file(), join(dataFolder, 'older.db'));
    const server = await startEventStore({ port: 0, dataFolder });
    const client = connect(server);
    await client.appendToStream('stream', many(3));
    await client.dispose();
    await server.close();
    copyFileSync(join(dataFolder, 'older.db'), file());
    await damaged(/ends at position 1007, but position 1010 was acknowledged/);
  });

  it('when the write-ahead log of a dead server has lost its end', async () => {
    const other = await startProcess(dataFolder);
    const client = connect(other);
    for (let part = 0; part < 5; part++) await client.appendToStream('stream', many(1));
    await client.dispose();
    await endProcess(other, 'SIGKILL');
    truncateSync(`${file()}-wal`, statSync(`${file()}-wal`).size - 100);
    await damaged(/was acknowledged/);
  });
});

describe('shutting down', () => {
  it('ends subscriptions and lets the client come back by itself on its next call', async () => {
    const node = await TestNode.start();
    const { client } = node;
    let error: (Error & { type: string }) | undefined;
    const subscription = client.subscribeToAll();
    subscription.on('error', (reason) => (error = reason as never)).on('data', () => {});
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await client.appendToStream('stream', events('A'));
    const { port } = node;
    const folder = node.dataFolder;
    await node.stopServer();
    await eventually(() => error !== undefined, 'an error');
    expect(error!.type).toBe('unavailable');
    await start(folder, port);
    await eventually(async () => {
      try {
        return (await client.appendToStream('stream', events('B'))).nextExpectedRevision === 1n;
      } catch {
        return false;
      }
    }, 'the client is back');
    await client.dispose();
    await running.pop()!.close();
    await node.remove();
  });

  it('does not lose what was in flight without saying so', async () => {
    const server = await start();
    const client = connect(server);
    await client.appendToStream('stream', events('first'));
    const appends = Array.from({ length: 50 }, () => client.appendToStream('stream', events('E')));
    const settled = Promise.allSettled(appends);
    await server.close();
    const results = await settled;
    await client.dispose();
    running.length = 0;
    const acknowledged = results.filter(({ status }) => status === 'fulfilled').length;
    const again = connect(await start());
    let found = 0;
    for await (const { event } of again.readStream('stream')) if (event!.type === 'E') found++;
    await again.dispose();
    expect(found).toBeGreaterThanOrEqual(acknowledged);
  });
});
