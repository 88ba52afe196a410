import { convertGrpcEvent } from '@eventstore/db-client/dist/utils/convertGrpcEvent.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { readAnswer } from './read-answer.ts';

const { ReadResp } = streams;
const { ReadEvent } = ReadResp;
type Answer = InstanceType<typeof ReadResp>;

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const json = fc.json().map((text) => Buffer.from(text));
const bytes = fc.uint8Array({ maxLength: 40 });
const recorded = fc.record({
  id: fc.uuid(),
  stream: fc.string({ unit: 'grapheme' }),
  ...{ revision: uint64, commit: uint64, prepare: uint64 },
  type: fc.string({ minLength: 1, unit: 'grapheme' }),
  created: fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
  isJson: fc.boolean(),
  data: fc.oneof(json, bytes),
  metadata: fc.oneof(json, bytes),
});

const answerOf = (event: typeof recorded extends fc.Arbitrary<infer Event> ? Event : never): Answer => {
  const record = new ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  const stream = new shared.StreamIdentifier();
  stream.setStreamName(Buffer.from(event.stream).toString('base64'));
  record.setId(id);
  record.setStreamIdentifier(stream);
  record.setStreamRevision(event.revision);
  record.setCommitPosition(event.commit);
  record.setPreparePosition(event.prepare);
  const about = record.getMetadataMap();
  about.set('type', event.type);
  about.set('created', `${event.created.getTime()}0000`);
  about.set('content-type', event.isJson ? 'application/json' : 'application/octet-stream');
  record.setData(event.data);
  record.setCustomMetadata(event.metadata);
  const read = new ReadEvent();
  read.setEvent(record);
  read.setCommitPosition(event.commit);
  const answer = new ReadResp();
  answer.setEvent(read);
  return answer;
};
const said = (fill: (answer: Answer) => void) => {
  const answer = new ReadResp();
  fill(answer);
  return readAnswer(Buffer.from(answer.serializeBinary()));
};

describe('an answer to a subscription', () => {
  it('holds the event that the client would have read', () =>
    fc.assert(
      fc.property(recorded, (event) => {
        const wire = Buffer.from(answerOf(event).serializeBinary());
        const { event: expected } = convertGrpcEvent(ReadResp.deserializeBinary(wire).getEvent()!);
        expect(readAnswer(wire)).toEqual({ event: expected });
      }),
    ));

  it('tells a place, and where the reader stands', () => {
    const place = new ReadResp.Checkpoint();
    place.setCommitPosition('12');
    place.setPreparePosition('9007199254740993');
    expect(said((answer) => answer.setCheckpoint(place))).toEqual({
      upTo: { commit: 12n, prepare: 9_007_199_254_740_993n },
    });
    expect(said((answer) => answer.setCaughtUp(new ReadResp.CaughtUp()))).toEqual({ live: true });
    expect(said((answer) => answer.setFellBehind(new ReadResp.FellBehind()))).toEqual({ live: false });
    expect(said((answer) => answer.setConfirmation(new ReadResp.SubscriptionConfirmation()))).toEqual({ live: false });
  });

  it('holds no metadata where these are said to be of no bytes', () => {
    const [answer, event, metadata] = [0x0a, 0x0a, 0x3a];
    const said = readAnswer(Buffer.from([answer, 4, event, 2, metadata, 0]));
    expect(said).toHaveProperty('event.metadata', undefined);
  });

  it('may say what nobody here asked for', () =>
    expect(said((answer) => answer.setLastStreamPosition('3'))).toBe('nothing new'));
});
