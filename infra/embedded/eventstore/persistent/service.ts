import generated from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ServerContext } from '../context.ts';
import { toStatusError, type StatusError } from '../errors.ts';
import { asBytes, type Service } from '../service.ts';
import { encode } from '../wire/writer.ts';
import { Describer } from './info.ts';
import { readPersistent } from './read.ts';
import { doesNotExist } from './refusals.ts';
import { decodeDelete, decodeGetInfo, decodeList, decodeReplayParked } from './requests.ts';
import { decodeDefinition } from './settings-request.ts';

/** The PersistentSubscriptions service. */
export const persistentSubscriptionsService = (context: ServerContext): Service => ({
  definition,
  implementation: {
    read: readPersistent(context),
    ...changes(context),
    ...questions(context),
  } as UntypedServiceImplementation,
  // For groups on a stream and on everything.
  features: Object.fromEntries(Object.keys(definition).map((method) => [method, ['stream', 'all']])),
});

const definition = asBytes(generated.PersistentSubscriptionsService);

type Answer = (error?: StatusError | null, response?: Buffer) => void;

/** A method that takes one message and gives one, empty if nothing is to be said. */
const unary =
  (work: (request: Buffer, answer: Answer) => void) =>
  (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>): void => {
    const answer: Answer = (error, response = nothing) => (error ? done(error) : done(null, response));
    try {
      work(call.request, answer);
    } catch (error) {
      answer(toStatusError(error));
    }
  };

const nothing = Buffer.alloc(0);

const changes = ({ groups }: ServerContext) => ({
  create: unary((request, answer) => groups.create(decodeDefinition(request), answer)),
  update: unary((request, answer) => groups.update(decodeDefinition(request), answer)),
  delete: unary((request, answer) => groups.delete(decodeDelete(request), answer)),
  replayParked: unary((request, answer) => {
    const { key, stopAt } = decodeReplayParked(request);
    groups.get(key).replayParked(stopAt);
    answer();
  }),
  restartSubsystem: unary((_, answer) => {
    groups.restart();
    answer();
  }),
});

const questions = ({ groups, log }: ServerContext) => {
  const describer = new Describer(log);
  return {
    getInfo: unary((request, answer) => {
      const group = groups.get(decodeGetInfo(request));
      answer(
        null,
        encode((response) => response.message(1, (info) => describer.write(info, group))),
      );
    }),
    list: unary((request, answer) => {
      const stream = decodeList(request);
      const found = groups.all().filter(({ definition }) => stream === undefined || definition.stream === stream);
      if (stream !== undefined && found.length === 0) throw doesNotExist({ stream, name: '' });
      answer(
        null,
        encode((response) => {
          for (const group of found) response.message(1, (info) => describer.write(info, group));
        }),
      );
    }),
  };
};
