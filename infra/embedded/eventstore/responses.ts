import type { ExpectedRevision } from './log/revisions.ts';
import type { Outcome } from './log/writer.ts';
import { largestUnsigned } from './wire/integers.ts';
import { encode, type MessageWriter } from './wire/writer.ts';

type Written = Extract<Outcome, { kind: 'written' }>;

/** The same in the classic and in the batch answer. */
const writeSuccess = (success: MessageWriter, { revision, position }: Written): void => {
  if (revision < 0) success.message(2);
  else success.number(1, revision);
  if (position < 0) success.message(4);
  else success.message(3, (all) => all.number(1, position).number(2, position));
};

export const encodeAppended = (written: Written): Buffer =>
  encode((response) => response.message(1, (success) => writeSuccess(success, written)));

/** A wrong expected revision is a normal answer of the classic append; the first fields are for clients of 20.6. */
export const encodeAppendConflict = (current: number, expected: ExpectedRevision): Buffer =>
  encode((response) =>
    response.message(2, (conflict) => {
      if (current < 0) conflict.message(2).message(7);
      else conflict.number(1, current).number(6, current);
      if (typeof expected === 'number') conflict.number(3, expected).number(8, expected);
      else if (expected === 'any') conflict.message(4).message(9);
      else if (expected === 'stream_exists') conflict.message(5).message(10);
      else conflict.number(3, largestUnsigned).message(11);
    }),
  );

/** Delete and tombstone. */
export const encodeDeleted = ({ position }: Written): Buffer =>
  encode((response) => response.message(1, (at) => at.number(1, position).number(2, position)));

/** A google.rpc.Status: its code, its message and the packed message that says the same to a program. */
export interface BatchError {
  code: number;
  message: string;
  type: string;
  details?: (writer: MessageWriter) => void;
}

export interface BatchAnswer {
  correlation: Buffer;
  stream: string;
  result: Written | BatchError;
}

export const encodeBatchAnswer = ({ correlation, stream, result }: BatchAnswer): Buffer =>
  encode((response) => {
    response.bytes(1, correlation);
    if ('kind' in result) response.message(3, (success) => writeSuccess(success, result));
    else response.message(2, (error) => writeStatus(error, result));
    // Also with errors: the client cannot do without.
    response.message(4, (identifier) => identifier.text(3, stream));
  });

const writeStatus = (writer: MessageWriter, { code, message, type, details }: BatchError): void => {
  writer.number(1, code).text(2, message);
  writer.message(3, (any) => {
    any.text(1, `type.googleapis.com/event_store.client.${type}`);
    any.message(2, details);
  });
};

const badRequest = (reason: string): BatchError => ({
  code: 3,
  message: 'BadRequest',
  type: 'BadRequest',
  details: (bad) => bad.text(1, reason),
});

export const batchErrors = {
  conflict: (current: number, expected: ExpectedRevision): BatchError => ({
    code: 6,
    message: 'WrongExpectedVersion',
    type: 'WrongExpectedVersion',
    details: (conflict) => {
      if (current < 0) conflict.message(2);
      else conflict.number(1, current);
      if (typeof expected === 'number') conflict.number(3, expected);
      else conflict.message({ any: 4, stream_exists: 5, no_stream: 6 }[expected]);
    },
  }),
  deleted: (stream: string): BatchError => ({
    code: 5,
    message: 'StreamDeleted',
    type: 'StreamDeleted',
    details: (deleted) => deleted.message(1, (identifier) => identifier.text(3, stream)),
  }),
  tooLarge: (limit: number): BatchError => ({
    code: 3,
    message: 'MaximumAppendSizeExceeded',
    type: 'MaximumAppendSizeExceeded',
    details: (exceeded) => exceeded.number(1, limit),
  }),
  impossibleStream: badRequest("Specified argument was out of the range of valid values. (Parameter 'eventStreamId')"),
  badRequest,
  timeout: { code: 4, message: 'Timeout', type: 'Timeout' } satisfies BatchError,
  unknown: { code: 2, message: 'Unknown', type: 'Unknown' } satisfies BatchError,
};
