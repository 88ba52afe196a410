import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EventStoreDBClient } from '@eventstore/db-client';
import { backUp, startEventStore } from './index.ts';
import { endProcess, program, startProcess, type Ready } from './testing/server-process.ts';
import { StubbornWriter } from './testing/stubborn-writer.ts';
import { many } from './testing/test-node.ts';
import { eventually, rejection } from './testing/waiting.ts';

let folder: string;
let dataFolder: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventstore-backup-'));
  dataFolder = join(folder, 'data');
  to = join(folder, 'some', 'where', 'else');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const connect = ({ port }: { port: number }) =>
  EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`);

/** Everything in the log, event by event, as a reader sees it. */
const everything = async (client: EventStoreDBClient): Promise<string[]> => {
  const events: string[] = [];
  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  for await (const resolved of client.readAll()) events.push(JSON.stringify(resolved, asText));
  return events;
};

const restored = async <T>(ask: (client: EventStoreDBClient) => Promise<T>, from = to): Promise<T> => {
  const server = await startEventStore({ port: 0, dataFolder: from });
  const client = connect(server);
  try {
    return await ask(client);
  } finally {
    await client.dispose();
    await server.close();
  }
};

const write = (count: number) =>
  restored(async (client) => void (await client.appendToStream('stream', many(count))), dataFolder);

describe('a backup of a running server', () => {
  let server: Ready;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    server = await startProcess(dataFolder);
    client = connect(server);
  });
  afterEach(async () => {
    await client.dispose();
    await endProcess(server, 'SIGKILL');
  });

  it('is a beginning of the log, with everything that was acknowledged before', async () => {
    for (let part = 0; part < 10; part++) await client.appendToStream('stream', many(500));
    const writers = [1, 3, 10, 1].map((group) => new StubbornWriter({ group }));
    const writing = Promise.all(writers.map((writer) => writer.writeUntilGone(client)));
    const written = () => writers.flatMap(({ acknowledged }) => acknowledged);
    await eventually(() => writers.every(({ acknowledged }) => acknowledged.length > 20), 'the writers to be busy');
    const before = written();
    await promisify(execFile)(process.execPath, [program, 'backup', '--data', dataFolder, '--to', to]);
    const during = written().length - before.length;
    await endProcess(server, 'SIGKILL');
    await writing;

    const copy = await restored(everything);
    const original = await restored(everything, dataFolder);
    expect(during).toBeGreaterThan(0);
    expect(copy.length).toBeLessThan(original.length);
    expect(copy).toEqual(original.slice(0, copy.length));
    for (const id of before) expect(copy.some((event) => event.includes(id))).toBe(true);
  });

  it('does not keep another server from being refused, nor this one from going on', async () => {
    await client.appendToStream('stream', many(3));
    expect(await backUp({ dataFolder, to })).toBe(10);
    expect((await rejection(startEventStore({ port: 0, dataFolder }))).message).toContain('in use by another server');
    expect((await client.appendToStream('stream', many(1))).nextExpectedRevision).toBe(3n);
  });
});

describe('a backup', () => {
  it('can be made of a server that does not run, gives the same log, and goes on from there', async () => {
    await write(100);
    await backUp({ dataFolder, to });
    const original = await restored(everything, dataFolder);
    expect(await restored(everything)).toEqual(original);
    const next = await restored((client) => client.appendToStream('stream', many(1), { expectedRevision: 99n }));
    expect(next.position!.commit).toBe(BigInt(original.length + 1));
  });

  it('goes into no folder that is there already', async () => {
    await write(1);
    expect((await rejection(backUp({ dataFolder, to: folder }))).message).toContain('exists already');
  });

  it('needs a log', async () => {
    expect((await rejection(backUp({ dataFolder, to }))).message).toContain('There is no event log');
  });

  it('is not made of a damaged log, and leaves nothing behind', async () => {
    await write(1000);
    const file = join(dataFolder, 'events.db');
    const bytes = readFileSync(file);
    const at = bytes.lastIndexOf('"number":7');
    bytes[at + 9]! ^= 1;
    writeFileSync(file, bytes);
    expect((await rejection(backUp({ dataFolder, to }))).message).toContain('is not what was written');
    expect(readdirSync(join(to, '..'))).toEqual([]);
  });
});
