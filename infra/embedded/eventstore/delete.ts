import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { ServerContext } from './context.ts';
import { handlerFailed, streamDeleted, toStatusError, wrongExpectedVersion } from './errors.ts';
import type { Answer } from './log/event-log.ts';
import type { ExpectedRevision } from './log/revisions.ts';
import { decodeDeleteRequest, readWriteOptions, type WriteOptions } from './requests.ts';
import { encodeDeleted } from './responses.ts';

type DeleteHandler = (call: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => void;

/** Soft deletion. */
export const deleteStream = ({ log }: ServerContext): DeleteHandler =>
  answering((options, done) => log.delete(options.stream, options.expected, done));

/** Deletion for ever. */
export const tombstoneStream = ({ log }: ServerContext): DeleteHandler =>
  answering((options, done) => log.tombstone(options.stream, options.expected, done));

const answering =
  (run: (options: WriteOptions, done: Answer) => void): DeleteHandler =>
  (call, answer) => {
    try {
      const options = readWriteOptions(decodeDeleteRequest(call.request));
      if (options.stream === '') throw handlerFailed();
      run(options, (outcome) => {
        if (outcome.kind === 'written') answer(null, encodeDeleted(outcome));
        else if (outcome.kind === 'deleted') answer(streamDeleted(options.stream));
        else if (outcome.kind === 'conflict')
          answer(
            wrongExpectedVersion('Delete', options.stream, [inNumbers(options.expected), String(outcome.current)]),
          );
        else answer(toStatusError(outcome.cause));
      });
    } catch (error) {
      answer(toStatusError(error));
    }
  };

/** Trailers know the words only as the numbers of the old protocol. */
const inNumbers = (expected: ExpectedRevision): string =>
  String(typeof expected === 'number' ? expected : { any: -2, no_stream: -1, stream_exists: -4 }[expected]);
