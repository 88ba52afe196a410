import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { appendRequest } from './append-request.ts';

const text = fc.string({ unit: 'grapheme' });
const bytes = fc.uint8Array({ maxLength: 300 });
const anyEvent = fc.record({
  id: fc.uuid(),
  type: fc.string({ unit: 'grapheme', minLength: 1 }),
  data: bytes,
  metadata: bytes,
});
const anyRequest = fc.record({
  correlationId: fc.uuid(),
  stream: text,
  events: fc.array(anyEvent, { minLength: 1, maxLength: 5 }),
  expected: fc.integer({ min: -1 }),
  deadlineMs: fc.integer({ min: 1_000, max: 60_000 }),
});

const readBack = (request: Uint8Array) => {
  const read = streams.BatchAppendReq.deserializeBinary(request);
  const options = read.getOptions();
  if (!options) throw new Error('it does not say where to');
  const position = options.hasNoStream() ? -1 : Number(options.getStreamPosition());
  return {
    correlationId: read.getCorrelationId()?.getString(),
    stream: Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? '').toString(),
    expected: position,
    deadline: options.getDeadline()?.toDate().getTime() ?? 0,
    isFinal: read.getIsFinal(),
    events: read.getProposedMessagesList().map((message) => ({
      id: message.getId()?.getString(),
      about: Object.fromEntries(message.getMetadataMap().toObject()),
      data: message.getData_asU8(),
      metadata: message.getCustomMetadata_asU8(),
    })),
  };
};

describe('a request to append', () => {
  it('is read by the client’s own messages as it was meant', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const now = Date.now();
        const { deadline, ...read } = readBack(appendRequest(request));
        const { correlationId, stream, expected } = request;
        expect(read).toEqual({
          ...{ correlationId, stream, expected, isFinal: true },
          events: request.events.map(({ id, type, data, metadata }) => ({
            ...{ id, data, metadata },
            about: { type, 'content-type': 'application/json' },
          })),
        });
        expect(deadline).toBeGreaterThanOrEqual(now + request.deadlineMs);
        expect(deadline).toBeLessThan(now + request.deadlineMs + 60_000);
      }),
    );
  });
});
