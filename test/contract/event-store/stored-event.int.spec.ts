import { randomUUID } from 'node:crypto';
import { binaryEvent, jsonEvent, type RecordedEvent } from '@eventstore/db-client';
import { useEventStore } from '../support/event-store.ts';
import { eventsOf } from '../support/events.ts';

const store = useEventStore();

const roundTrip = async (event: Parameters<typeof store.client.appendToStream>[1], label = 'stored') => {
  const stream = store.stream(label);
  const { position } = await store.client.appendToStream(stream, event);
  const [read] = await eventsOf(store.client.readStream(stream));
  return { stream, position, read: read as RecordedEvent };
};
const bytes = new TextEncoder();

describe('an event that was stored', () => {
  it('has its id, type, stream, revision and position', async () => {
    const event = jsonEvent({ id: randomUUID(), type: 'Stored', data: {} });
    const { stream, position, read } = await roundTrip(event);
    expect(read).toMatchObject({
      id: event.id,
      type: 'Stored',
      streamId: stream,
      revision: 0n,
      isJson: true,
      position,
    });
  });

  it('tells when it was stored, by the clock of the server', async () => {
    const first = (await roundTrip(jsonEvent({ type: 'Stored', data: {} }))).read.created;
    const second = (await roundTrip(jsonEvent({ type: 'Stored', data: {} }))).read.created;
    expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
    // Another machine's clock may be wrong by some minutes, not by a day.
    expect(Math.abs(second.getTime() - Date.now())).toBeLessThan(24 * 3_600_000);
  });

  it.each<[string, unknown]>([
    ['letters of every alphabet', { 客户: 'Çelik A.Ş. — 株式会社', ['emoji 🏭']: '𝄞 "quoted" \\ \n\t\u0001' }],
    ['numbers at the edge', { most: Number.MAX_SAFE_INTEGER, least: -0.1, tiny: 5e-324, text: '9223372036854775807' }],
    ['nothing in many forms', { none: null, empty: '', list: [], object: {}, no: false, zero: 0 }],
    ['depth and order', { z: [1, [2, [3, { a: { b: [{ c: null }] } }]]], a: 1 }],
    ['a bare text', 'only this'],
    ['a list', [1, 'two', null]],
  ])('has the same JSON: %s', async (_, data) => {
    const { read } = await roundTrip(jsonEvent({ type: 'Stored', data: data as never, metadata: data as never }));
    expect(read.data).toEqual(data);
    expect(JSON.stringify(read.data)).toBe(JSON.stringify(data));
    expect(read.metadata).toEqual(data);
  });

  it('has metadata that was written as the bytes of JSON, read as JSON', async () => {
    const metadata = { actor: { user: 'müller' }, $correlationId: 'a', schemaVersion: 3 };
    const event = jsonEvent({ type: 'Stored', data: {}, metadata: bytes.encode(JSON.stringify(metadata)) });
    expect((await roundTrip(event)).read.metadata).toEqual(metadata);
  });

  it('has the same bytes where it is binary', async () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const { read } = await roundTrip(binaryEvent({ type: 'Stored', data: all, metadata: all.subarray(1, 9) }));
    expect(read.isJson).toBe(false);
    expect(Buffer.from(read.data as Uint8Array)).toEqual(all);
    expect(Buffer.from(read.metadata as Uint8Array)).toEqual(all.subarray(1, 9));
  });

  it('may have a type and a stream with letters of every alphabet', async () => {
    const { stream, read } = await roundTrip(jsonEvent({ type: '成交・Çözüldü', data: {} }), '交易-ü');
    expect(read).toMatchObject({ type: '成交・Çözüldü', streamId: stream });
  });
});
