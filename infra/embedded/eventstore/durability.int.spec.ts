import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, type JSONEventType, type JSONEventData } from '@eventstore/db-client';
import { eventually } from './testing/waiting.ts';
import { endProcess, startProcess, type Ready } from './testing/server-process.ts';

type Counted = JSONEventType<'Counted', { number: number }>;

const dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-durability-'));
let server: Ready | undefined;
let client: EventStoreDBClient | undefined;
afterAll(async () => {
  await client?.dispose();
  if (server) await endProcess(server, 'SIGKILL');
  rmSync(dataFolder, { recursive: true, force: true });
});

const start = async (): Promise<EventStoreDBClient> => {
  server = await startProcess(dataFolder);
  return EventStoreDBClient.connectionString(`esdb://127.0.0.1:${server.port}?tls=false`);
};

/** Appends groups of three to its own stream, one after another, until the server is gone. */
class Writer {
  readonly #stream: string;
  acknowledged = 0;
  sent: JSONEventData<Counted>[] = [];

  constructor(stream: string) {
    this.#stream = stream;
  }

  async writeUntilDeath(into: EventStoreDBClient): Promise<void> {
    for (;;) {
      const next = [0, 1, 2].map((index) =>
        jsonEvent<Counted>({ type: 'Counted', data: { number: this.sent.length + index } }),
      );
      this.sent.push(...next);
      try {
        await this.#append(into, this.acknowledged, next);
      } catch {
        return;
      }
      this.acknowledged = this.sent.length;
    }
  }

  /** Sends everything that is not acknowledged, the same bytes again. */
  async sendAgain(into: EventStoreDBClient): Promise<void> {
    const rest = this.sent.slice(this.acknowledged);
    if (rest.length > 0) await this.#append(into, this.acknowledged, rest);
  }

  async idsIn(from: EventStoreDBClient): Promise<string[]> {
    const ids: string[] = [];
    for await (const { event } of from.readStream(this.#stream)) {
      expect(Number(event!.revision)).toBe(ids.length);
      ids.push(event!.id);
    }
    return ids;
  }

  #append(into: EventStoreDBClient, after: number, what: JSONEventData<Counted>[]) {
    const expectedRevision = after === 0 ? 'no_stream' : BigInt(after - 1);
    return into.appendToStream(this.#stream, what, { expectedRevision });
  }
}

describe('a server that is killed in the middle of writing', () => {
  it('has everything that it acknowledged, in order, once; and what was in flight can be sent again', async () => {
    client = await start();
    const writers = Array.from({ length: 12 }, (_, index) => new Writer(`writer-${index}`));
    const writing = Promise.all(writers.map((writer) => writer.writeUntilDeath(client!)));
    await eventually(() => writers.every(({ acknowledged }) => acknowledged >= 30), 'thirty events of each writer');
    expect(await endProcess(server!, 'SIGKILL')).toBeNull();
    await writing;
    await client.dispose();

    client = await start();
    for (const writer of writers) {
      const ids = await writer.idsIn(client);
      const sentIds = writer.sent.map(({ id }) => id);
      expect(ids.slice(0, writer.acknowledged)).toEqual(sentIds.slice(0, writer.acknowledged));
      // What was in flight is there wholly or not at all.
      expect([writer.acknowledged, writer.sent.length]).toContain(ids.length);
      await writer.sendAgain(client);
      expect(await writer.idsIn(client)).toEqual(sentIds);
    }
    const positions: bigint[] = [];
    for await (const { event } of client.readAll()) positions.push(event!.position.commit);
    expect(positions).toEqual(positions.map((_, index) => BigInt(index + 1)));
  });
});
