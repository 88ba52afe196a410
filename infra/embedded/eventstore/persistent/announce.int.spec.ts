import { persistentSubscriptionToStreamSettingsFromDefaults as settings } from '@eventstore/db-client';
import { TestNode } from '../testing/test-node.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

const configuration = '$persistentSubscriptionConfig';

interface Written {
  type: string;
  data: { entries: object[] };
}

const written = async (): Promise<Written> => {
  let last: unknown;
  for await (const { event } of node.client.readStream(configuration)) last = event;
  return last as Written;
};

describe('which groups there are', () => {
  const [stream, group] = ['orders', 'mail'];
  const entry = { stream, group, namedConsumerStrategy: 'RoundRobin' };

  it('is written where the real server keeps it, for readers of everything', async () => {
    await node.client.createPersistentSubscriptionToStream(stream, group, settings({ startFrom: 7n }));
    expect((await written()).type).toBe('$PersistentConfig');
    expect((await written()).data).toMatchObject({ version: '2', entries: [{ ...entry, startPosition: '7' }] });
    await node.client.updatePersistentSubscriptionToStream(stream, group, settings({ startFrom: 'end' }));
    expect((await written()).data.entries).toMatchObject([{ ...entry, startPosition: '-1' }]);
    await node.client.deletePersistentSubscriptionToStream(stream, group);
    expect((await written()).data.entries).toEqual([]);
  });

  it('is kept twice, so that it does not fill the log', async () => {
    expect((await node.client.getStreamMetadata(configuration)).metadata).toEqual({ maxCount: 2 });
    expect(await node.revisionsOf(configuration)).toEqual([1, 2]);
  });
});
