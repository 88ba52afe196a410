import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentDBClient, jsonEvent, streamNameFilter, eventTypeFilter } from '@kurrent/kurrentdb-client';
import { endProcess, startProcess, type Ready } from './testing/server-process.ts';
import { eventually } from './testing/waiting.ts';

// In a process of its own: the generated messages of the two clients cannot live in one.
const dataFolder = mkdtempSync(join(tmpdir(), 'eventstore-kurrent-'));
let server: Ready;
let client: KurrentDBClient;
beforeAll(async () => {
  server = await startProcess(dataFolder);
  client = KurrentDBClient.connectionString(`kurrentdb://127.0.0.1:${server.port}?tls=false`);
});
afterAll(async () => {
  await client.dispose();
  await endProcess(server, 'SIGTERM');
  rmSync(dataFolder, { recursive: true, force: true });
});

const event = (type: string) => jsonEvent({ type, data: { type } });

describe('the successor of the official client', () => {
  it('writes and reads a stream', async () => {
    await client.appendToStream('deal-1', [event('A'), event('B')], { streamState: 'no_stream' });
    const types: string[] = [];
    for await (const { event } of client.readStream('deal-1')) types.push(event!.type);
    expect(types).toEqual(['A', 'B']);
  });

  it('reads everything through a filter, forwards and backwards', async () => {
    await client.appendToStream('deal-2', [event('C')]);
    await client.appendToStream('quota-1', [event('D')]);
    const read = async (options: Parameters<typeof client.readAll>[0]) => {
      const types: string[] = [];
      for await (const { event } of client.readAll(options)) types.push(event!.type);
      return types;
    };
    const deals = streamNameFilter({ prefixes: ['deal-'] });
    expect(await read({ filter: deals })).toEqual(['A', 'B', 'C']);
    expect(await read({ filter: deals, maxCount: 2 })).toEqual(['A', 'B']);
    expect(await read({ filter: deals, direction: 'backwards', fromPosition: 'end' })).toEqual(['C', 'B', 'A']);
    expect(await read({ filter: eventTypeFilter({ regex: '^[AD]$' }) })).toEqual(['A', 'D']);
  });

  it('subscribes', async () => {
    const heard: string[] = [];
    const subscription = client.subscribeToStream('deal-3');
    subscription.on('data', ({ event }) => heard.push(event!.type));
    await client.appendToStream('deal-3', [event('E')]);
    await eventually(() => heard.length === 1, 'one event');
    await subscription.unsubscribe();
  });

  it('says that a stream does not exist', async () => {
    const read = async () => {
      for await (const _ of client.readStream('nowhere')) throw new Error('There is nothing to read.');
    };
    await expect(read()).rejects.toMatchObject({ type: 'stream-not-found' });
  });
});
