import { jest } from '@jest/globals';
import { StreamDeletedError } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { readAppendAnswer } from './append-answer.ts';

const { BatchAppendResp } = streams;
type Answer = InstanceType<typeof BatchAppendResp>;

const uint63 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const id = '7d2f6c1e-0b53-4b0a-9a51-6f1f0a3c9e77';

const answering = (fill: (answer: Answer) => void): Buffer => {
  const answer = new BatchAppendResp();
  const correlationId = new shared.UUID();
  correlationId.setString(id);
  answer.setCorrelationId(correlationId);
  fill(answer);
  return Buffer.from(answer.serializeBinary());
};
const read = (fill: (answer: Answer) => void) => readAppendAnswer(answering(fill));

const successOf = (revision: number, place?: { commit: bigint; prepare: bigint }) => {
  const success = new BatchAppendResp.Success();
  success.setCurrentRevision(`${revision}`);
  if (!place) return success;
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(`${place.commit}`);
  position.setPreparePosition(`${place.prepare}`);
  return success.setPosition(position);
};

/** The field of an answer that says why not, with a detail that says nothing more. */
const refusal = (detail: string): Uint8Array => {
  const writer = protobuf.Writer.create();
  const inMessage = (field: number) => writer.uint32(field * 8 + 2).fork();
  inMessage(2);
  inMessage(3).uint32(10).string(`type.googleapis.com/event_store.client.${detail}`);
  return writer.ldelim().ldelim().finish();
};

describe('an answer to an append', () => {
  it('tells which it was, the revision and the position, without the message of the client', () => {
    const client = jest.spyOn(BatchAppendResp, 'deserializeBinary');
    fc.assert(
      fc.property(fc.nat(), uint63, uint63, (revision, commit, prepare) => {
        const { correlationId, acknowledged } = read((answer) => {
          answer.setSuccess(successOf(revision, { commit, prepare }));
          const stream = new shared.StreamIdentifier();
          stream.setStreamName(Buffer.from('deal-1').toString('base64'));
          answer.setStreamIdentifier(stream);
          answer.setStreamPosition(`${revision}`);
        });
        expect(correlationId).toBe(id);
        expect(acknowledged('deal-1')).toEqual({ revision, position: { commit, prepare } });
      }),
    );
    expect(client).not.toHaveBeenCalled();
    client.mockRestore();
  });

  it('may tell no position', () =>
    expect(read((answer) => answer.setSuccess(successOf(4))).acknowledged('deal-1')).toEqual({ revision: 4 }));

  it('may write the id as two numbers', () => {
    const { correlationId, acknowledged } = read((answer) => {
      const halves = new shared.UUID.Structured();
      halves.setMostSignificantBits(`${BigInt.asIntN(64, 0x7d2f6c1e0b534b0an)}`);
      halves.setLeastSignificantBits(`${BigInt.asIntN(64, 0x9a516f1f0a3c9e77n)}`);
      answer.getCorrelationId()!.setStructured(halves);
      answer.setSuccess(successOf(2, { commit: 7n, prepare: 7n }));
    });
    expect(correlationId).toBe(id);
    expect(acknowledged('deal-1')).toEqual({ revision: 2, position: { commit: 7n, prepare: 7n } });
  });

  it('refuses as the client does', () => {
    const refused = Buffer.concat([answering(() => undefined), refusal('StreamDeleted')]);
    const { correlationId, acknowledged } = readAppendAnswer(refused);
    expect(correlationId).toBe(id);
    expect(() => acknowledged('deal-1')).toThrow(StreamDeletedError.fromStreamName('deal-1'));
  });
});
