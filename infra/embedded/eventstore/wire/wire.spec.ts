import fc from 'fast-check';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { decodeReadEvent, encodeReadEvent, encodeResolvedEvent, subjectOf, type RecordedEvent } from '../log/record.ts';
import { MalformedMessage, MessageReader } from './reader.ts';
import { readUuid } from './uuid.ts';
import { encode } from './writer.ts';

const bytes = fc.uint8Array({ maxLength: 3000 }).map((data) => Buffer.from(data));
const recorded: fc.Arbitrary<RecordedEvent> = fc.record({
  id: fc.uuid(),
  stream: fc.string({ unit: 'grapheme', minLength: 1 }),
  revision: fc.nat(),
  position: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  created: fc.integer({ min: 0, max: 8_640_000_000_000 }),
  type: fc.string({ unit: 'grapheme' }),
  isJson: fc.boolean(),
  data: bytes,
  metadata: bytes,
});

describe('a stored event', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(recorded, (event) => {
        const message = encodeReadEvent(event);
        const read = decodeReadEvent(message);
        expect({ ...read, data: Buffer.from(read.data), metadata: Buffer.from(read.metadata) }).toEqual(event);
        expect([subjectOf(message, 'stream'), subjectOf(message, 'type')]).toEqual([event.stream, event.type]);
      }),
    );
  });

  it('is understood by the generated messages of the client', () => {
    fc.assert(
      fc.property(recorded, fc.boolean(), (event, uuidAsText) => {
        const message = encodeResolvedEvent({ event, link: event, position: event.position }, uuidAsText);
        const readEvent = streams.ReadResp.deserializeBinary(message).getEvent()!;
        expect(readEvent.getCommitPosition()).toBe(String(event.position));
        const record = readEvent.getLink()!;
        expect(Buffer.from(record.getStreamIdentifier()!.getStreamName_asU8()).toString()).toBe(event.stream);
        expect(record.getStreamRevision()).toBe(String(event.revision));
        expect(record.getMetadataMap().get('type')).toBe(event.type);
        expect(record.getMetadataMap().get('created')).toBe(`${event.created}0000`);
        expect(Buffer.from(record.getData_asU8())).toEqual(event.data);
        expect(Buffer.from(record.getCustomMetadata_asU8())).toEqual(event.metadata);
        const id = Buffer.from(record.getId()!.serializeBinary());
        expect(readUuid(new MessageReader(id))).toBe(event.id);
      }),
    );
  });
});

describe('a number', () => {
  it('of 64 bits is written and read exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const reader = new MessageReader(encode((writer) => writer.number(1, value)));
        expect(reader.next()).toBe(1);
        expect(reader.bigint()).toBe(value);
      }),
    );
  });

  it('beyond the safe integers is read as beyond them', () => {
    const message = new streams.ReadResp();
    message.setLastStreamPosition('18446744073709551615');
    const reader = new MessageReader(Buffer.from(message.serializeBinary()));
    reader.next();
    expect(reader.number()).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });
});

describe('garbage', () => {
  const drain = (garbage: Buffer): void => {
    const reader = new MessageReader(garbage);
    for (let field = reader.next(); field !== 0; field = reader.next()) reader.skip();
  };

  it('is refused or stepped over, and never read beyond its end', () => {
    fc.assert(
      fc.property(bytes, (garbage) => {
        try {
          drain(garbage);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage);
        }
      }),
    );
  });

  it('in the place of an id is refused', () => {
    const uuid = new shared.UUID();
    uuid.setString('not an id');
    expect(() => readUuid(new MessageReader(Buffer.from(uuid.serializeBinary())))).toThrow(MalformedMessage);
  });
});
