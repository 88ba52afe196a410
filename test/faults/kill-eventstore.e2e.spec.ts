import { EventStoreDBClient } from '@eventstore/db-client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { endProcess, launch, type Launched } from '../../infra/embedded/eventstore/testing/server-process.ts';
import { StubbornWriter } from '../../infra/embedded/eventstore/testing/stubborn-writer.ts';

const kills = 100;
const random = xoroshiro128plus(20_260_701);
const between = (least: number, most: number): number => uniformInt(random, least, most);

const manners = [
  { group: 1 },
  { group: 3 },
  { group: 20 },
  { group: 1, expectsAny: true },
  { group: 5, expectsAny: true },
  { group: 1, isClassic: true },
  { group: 10, isClassic: true },
];

const dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-kills-'));
let server: Launched | undefined;
let client: EventStoreDBClient | undefined;
afterAll(async () => {
  await client?.dispose();
  if (server) await endProcess(server, 'SIGKILL');
  rmSync(dataFolder, { recursive: true, force: true });
});

const connect = async ({ ready }: Launched): Promise<EventStoreDBClient> =>
  EventStoreDBClient.connectionString(`esdb://127.0.0.1:${await ready}?tls=false`);

/** Kills the server while all write, at some moment from its start on. */
const killOnce = async (writers: readonly StubbornWriter[]): Promise<void> => {
  server = launch(dataFolder);
  const isDuringStart = between(1, 3) === 1;
  if (isDuringStart) await pause(between(0, 500));
  else {
    client = await connect(server);
    const writing = Promise.all(writers.map((writer) => writer.writeUntilGone(client!)));
    await Promise.race([writing, pause(between(0, 200))]);
    await endProcess(server, 'SIGKILL');
    await writing;
    await client.dispose();
  }
  expect(await endProcess(server, 'SIGKILL')).toBeNull();
};

describe('an event store that is killed again and again', () => {
  it('keeps everything that it acknowledged, once, in order and without a gap', async () => {
    const writers = [...manners, ...manners].map((manner) => new StubbornWriter(manner));
    for (let kill = 0; kill < kills; kill += 1) await killOnce(writers);

    server = launch(dataFolder);
    client = await connect(server);
    for (const writer of writers) await writer.finish(client);
    for (const { stream, acknowledged } of writers) {
      const found: string[] = [];
      for await (const { event } of client.readStream(stream)) {
        expect(Number(event!.revision)).toBe(found.length);
        found.push(event!.id);
      }
      expect(found).toEqual(acknowledged);
    }
    const places: number[] = [];
    const ids = new Set<string>();
    for await (const { event } of client.readAll()) {
      places.push(Number(event!.position.commit));
      ids.add(event!.id);
    }
    expect(places).toEqual(places.map((_, index) => index + 1));
    expect(ids.size).toBe(places.length);
    // Every kill met writers at work.
    expect(places.length).toBeGreaterThan(kills * 20);
  }, 120_000);
});
