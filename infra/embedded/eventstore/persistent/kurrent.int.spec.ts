import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  jsonEvent,
  KurrentDBClient,
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { endProcess, startProcess, type Ready } from '../testing/server-process.ts';
import { eventually } from '../testing/waiting.ts';

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

const correlated = (type: string, id: string) => jsonEvent({ type, data: { type }, metadata: { $correlationId: id } });

describe('the successor of the official client', () => {
  it('makes a group on a stream, parks and replays', async () => {
    await client.createPersistentSubscriptionToStream('orders', 'group', streamSettings({ startFrom: 'start' }));
    await client.appendToStream('orders', [correlated('A', 'one'), correlated('B', 'one')]);
    const heard: string[] = [];
    const subscription = client.subscribeToPersistentSubscriptionToStream('orders', 'group');
    subscription.on('data', (resolved) => {
      heard.push(`${resolved.event!.type}${resolved.link ? ' again' : ''}`);
      void (heard.length === 1 ? subscription.nack('park', 'later', resolved) : subscription.ack(resolved));
    });
    const info = () => client.getPersistentSubscriptionToStreamInfo('orders', 'group');
    await eventually(async () => (await info()).stats.parkedMessageCount === 1n, 'a parked event');
    await client.replayParkedMessagesToStream('orders', 'group');
    await eventually(() => heard.length === 3, 'three events');
    expect(heard).toEqual(['A', 'B', 'A again']);
    await subscription.unsubscribe();
  });

  it('keeps what is correlated with one consumer', async () => {
    const settings = allSettings({ startFrom: 'end', consumerStrategyName: 'PinnedByCorrelation' });
    const filter = streamNameFilter({ prefixes: ['pinned-'] });
    await client.createPersistentSubscriptionToAll('pinned', settings, { filter });
    const heard = [0, 1].map(() => new Set<string>());
    let count = 0;
    const subscriptions = heard.map((ids) => {
      const subscription = client.subscribeToPersistentSubscriptionToAll('pinned', { bufferSize: 100 });
      subscription.on('data', ({ event }) => {
        count++;
        ids.add((event!.metadata as { $correlationId: string }).$correlationId);
      });
      return subscription;
    });
    const connections = async () => (await client.getPersistentSubscriptionToAllInfo('pinned')).connections.length;
    await eventually(async () => (await connections()) === 2, 'two consumers');
    const ids = Array.from({ length: 10 }, (_, index) => `id-${index}`);
    for (const stream of ['pinned-1', 'pinned-2', 'pinned-3'])
      await client.appendToStream(
        stream,
        ids.map((id) => correlated('A', id)),
      );
    await eventually(() => count === 30, 'thirty events');
    expect(heard[0]!.size + heard[1]!.size).toBe(10);
    expect(Math.min(heard[0]!.size, heard[1]!.size)).toBeGreaterThan(0);
    expect((await client.getPersistentSubscriptionToAllInfo('pinned')).settings.consumerStrategyName).toBe(
      'PinnedByCorrelation',
    );
    for (const subscription of subscriptions) await subscription.unsubscribe();
  });

  it('lists, updates and deletes', async () => {
    await client.createPersistentSubscriptionToStream('quotas', 'group', streamSettings());
    await client.updatePersistentSubscriptionToStream('quotas', 'group', streamSettings({ maxRetryCount: 77 }));
    const [group] = await client.listPersistentSubscriptionsToStream('quotas');
    expect(group!.settings.maxRetryCount).toBe(77);
    await client.deletePersistentSubscriptionToStream('quotas', 'group');
    const error = await client
      .getPersistentSubscriptionToStreamInfo('quotas', 'group')
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ type: 'persistent-subscription-does-not-exist' });
  });
});
