import {
  jsonEvent,
  type AllStreamResolvedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '@eventstore/db-client';
import { events, many, TestNode } from './testing/test-node.ts';
import { eventually, rejection } from './testing/waiting.ts';

let node: TestNode;
beforeAll(async () => (node = await TestNode.start()));
afterAll(() => node.remove());

const readAll = async (options?: ReadAllOptions): Promise<AllStreamResolvedEvent[]> => {
  const read: AllStreamResolvedEvent[] = [];
  for await (const event of node.client.readAll(options)) read.push(event);
  return read;
};

describe('reading a stream', () => {
  beforeAll(() => node.client.appendToStream('letters', events('A', 'B', 'C', 'D')));

  it('goes forwards from the start', async () => {
    expect(await node.typesOf('letters')).toEqual(['A', 'B', 'C', 'D']);
  });

  it('goes backwards from the end', async () => {
    expect(await node.typesOf('letters', { direction: 'backwards', fromRevision: 'end' })).toEqual([
      'D',
      'C',
      'B',
      'A',
    ]);
  });

  it('begins with the given revision in both directions', async () => {
    expect(await node.typesOf('letters', { fromRevision: 2n })).toEqual(['C', 'D']);
    expect(await node.typesOf('letters', { fromRevision: 2n, direction: 'backwards' })).toEqual(['C', 'B', 'A']);
    expect(await node.typesOf('letters', { fromRevision: 'start', direction: 'backwards' })).toEqual(['A']);
  });

  it('stops at the wanted number', async () => {
    expect(await node.typesOf('letters', { maxCount: 2 })).toEqual(['A', 'B']);
    expect(await node.typesOf('letters', { maxCount: 1, direction: 'backwards', fromRevision: 'end' })).toEqual(['D']);
  });

  it('finds nothing beyond the end', async () => {
    expect(await node.typesOf('letters', { fromRevision: 4n })).toEqual([]);
    expect(await node.typesOf('letters', { fromRevision: 2n ** 63n - 1n })).toEqual([]);
  });

  it.each<[string, ReadStreamOptions, string]>([
    ['forwards from the end', { fromRevision: 'end' }, 'Unexpected ReadStreamResult: Error'],
    ['forwards from the end, as a number', { fromRevision: 2n ** 64n - 1n }, 'Unexpected ReadStreamResult: Error'],
    ['no events', { maxCount: 0 }, 'Unexpected ReadStreamResult: Error'],
    ['from a revision that cannot be', { fromRevision: 2n ** 63n }, 'Exception was thrown by handler.'],
  ])('fails when asked for %s', async (_, options, message) => {
    expect(await rejection(node.typesOf('letters', options))).toMatchObject({
      type: 'unknown',
      message: expect.stringContaining(message),
    });
  });

  it('goes backwards from the largest number as from the end', async () => {
    const backwards = { direction: 'backwards', maxCount: 1 } as const;
    for (const fromRevision of [2n ** 64n - 1n, 2n ** 63n - 1n])
      expect(await node.typesOf('letters', { ...backwards, fromRevision })).toEqual(['D']);
  });

  it('needs a name', async () => {
    expect((await rejection(node.typesOf(''))).type).toBe('unknown');
  });

  it('says that a stream does not exist', async () => {
    expect(await rejection(node.typesOf('nowhere'))).toMatchObject({ type: 'stream-not-found' });
  });

  it('crosses many pages without a gap, in both directions', async () => {
    for (let part = 0; part < 3; part++) await node.client.appendToStream('long', many(550));
    const forwards = Array.from({ length: 1650 }, (_, revision) => revision);
    expect(await node.revisionsOf('long')).toEqual(forwards);
    const backwards = await node.revisionsOf('long', { direction: 'backwards', fromRevision: 'end' });
    expect(backwards).toEqual(forwards.reverse());
    expect(await node.revisionsOf('long', { fromRevision: 400n, maxCount: 700 })).toHaveLength(700);
  });

  it('stops quietly when the client has had enough', async () => {
    const seen: string[] = [];
    for await (const { event } of node.client.readStream('long')) if (seen.push(event!.type) === 3) break;
    expect(seen).toHaveLength(3);
    expect(await node.typesOf('letters')).toHaveLength(4);
  });
});

describe('reading everything', () => {
  it('begins on a fresh node with what the system wrote', async () => {
    const [first] = await readAll({ maxCount: 1 });
    expect(first!.event!.type).toMatch(/^\$/);
    expect(first!.event!.position!.commit).toBeGreaterThan(0n);
  });

  it('shows positions that only grow, and the same from both ends', async () => {
    await node.client.appendToStream('in-all', many(30));
    const forwards = await readAll();
    const positions = forwards.map(({ event }) => event!.position.commit);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => Number(a - b)));
    const backwards = await readAll({ direction: 'backwards', fromPosition: 'end' });
    expect(backwards.map(({ event }) => event!.id)).toEqual(forwards.map(({ event }) => event!.id).reverse());
  });

  it('includes the given position forwards and excludes it backwards', async () => {
    const { position } = await node.client.appendToStream('edge', events('Edge'));
    const [after] = await readAll({ fromPosition: position!, maxCount: 1 });
    const [before] = await readAll({ fromPosition: position!, maxCount: 1, direction: 'backwards' });
    expect(after!.event!.position).toEqual(position);
    expect(before!.event!.position.commit).toBe(position!.commit - 1n);
  });

  it('finds nothing forwards of the end and backwards of the start', async () => {
    expect(await readAll({ fromPosition: 'end' })).toEqual([]);
    expect(await readAll({ fromPosition: 'start', direction: 'backwards' })).toEqual([]);
  });

  it('refuses a position that cannot be', async () => {
    const impossible = [
      { commit: 1n, prepare: 2n },
      { commit: 2n ** 63n, prepare: 0n },
    ];
    for (const fromPosition of impossible) expect((await rejection(readAll({ fromPosition }))).type).toBe('unknown');
  });
});

describe('a link', () => {
  const linkTo = (target: string) => ({ ...jsonEvent({ type: '$>', data: {} }), data: Buffer.from(target) });
  const append = (target: string, to = 'links') =>
    node.client.appendToStream(to, { ...linkTo(target), contentType: 'application/octet-stream' as const });

  beforeAll(async () => {
    await node.client.appendToStream('target', events('First', 'Second'));
    await append('1@target');
    await append('7@target');
  });

  it('is resolved to the event that it points to', async () => {
    const read = [];
    for await (const resolved of node.client.readStream('links', { resolveLinkTos: true })) read.push(resolved);
    expect(read[0]!.event).toMatchObject({ type: 'Second', streamId: 'target', revision: 1n });
    expect(read[0]!.link).toMatchObject({ type: '$>', streamId: 'links', revision: 0n });
    expect(read[1]!.event).toBeUndefined();
    expect(read[1]!.link).toMatchObject({ revision: 1n });
  });

  it.each<[string, (target: string) => Promise<unknown>]>([
    ['is truncated', (target) => node.client.setStreamMetadata(target, { truncateBefore: 1 })],
    ['is too old', (target) => node.client.setStreamMetadata(target, { maxAge: 1 })],
    ['is deleted', (target) => node.client.deleteStream(target)],
    ['is deleted for ever', (target) => node.client.tombstoneStream(target)],
  ])('is resolved to nothing once what it points to %s', async (why, hide) => {
    const [target, links] = [`what ${why}`, `links to what ${why}`];
    await node.client.appendToStream(target, events('First'));
    await append(`0@${target}`, links);
    const found = async () => {
      const read = [];
      for await (const { event, link } of node.client.readStream(links, { resolveLinkTos: true }))
        read.push([event?.type, link?.type]);
      return read;
    };
    expect(await found()).toEqual([['First', '$>']]);
    await hide(target);
    await eventually(async () => (await found())[0]![0] === undefined, 'only the link is left');
    expect(await found()).toEqual([[undefined, '$>']]);
  });

  it('is shown as it is where nobody asked to resolve it', async () => {
    expect(await node.typesOf('links')).toEqual(['$>', '$>']);
  });
});
