import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, type EventData, type ReadStreamOptions } from '@eventstore/db-client';
import { startEventStore, type EventStoreServer } from '../index.ts';

/** A server in this process on a folder of its own, with the official client connected to it. */
export class TestNode {
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-'));
  #server: EventStoreServer | undefined;
  #client: EventStoreDBClient | undefined;

  static async start(): Promise<TestNode> {
    const node = new TestNode();
    await node.restart();
    return node;
  }

  get client(): EventStoreDBClient {
    return this.#client!;
  }

  get port(): number {
    return this.#server!.port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Stops the server and starts it again on the same folder and port. */
  async restart(): Promise<void> {
    const port = this.#server?.port ?? 0;
    await this.stop();
    this.#server = await startEventStore({ port, dataFolder: this.dataFolder });
    this.#client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${this.port}?tls=false`);
  }

  async stop(): Promise<void> {
    await this.#client?.dispose();
    this.#client = undefined;
    await this.stopServer();
  }

  /** Stops the server under the client's feet. */
  async stopServer(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  /** What a reader of the stream sees: `type` of each event. */
  async typesOf(stream: string, options?: ReadStreamOptions): Promise<string[]> {
    const types: string[] = [];
    for await (const { event } of this.client.readStream(stream, options)) types.push(event!.type);
    return types;
  }

  async revisionsOf(stream: string, options?: ReadStreamOptions): Promise<number[]> {
    const revisions: number[] = [];
    for await (const { event } of this.client.readStream(stream, options)) revisions.push(Number(event!.revision));
    return revisions;
  }
}

/** Events of the given types, each with an id of its own and nothing else to tell. */
export const events = (...types: string[]): EventData[] => types.map((type) => jsonEvent({ type, data: { type } }));

/** As many events of one type. */
export const many = (count: number, type = 'Counted'): EventData[] =>
  Array.from({ length: count }, (_, number) => jsonEvent({ type, data: { number } }));
