import generated from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { append } from './append.ts';
import { batchAppend } from './batch-append.ts';
import type { ServerContext } from './context.ts';
import { deleteStream, tombstoneStream } from './delete.ts';
import { read } from './read.ts';
import { asBytes, type Service } from './service.ts';

/** The Streams service. Its messages are read and written by hand, which is several times faster than the stubs. */
export const streamsService = (context: ServerContext): Service => ({
  definition: asBytes(generated.StreamsService),
  implementation: {
    read: read(context),
    append: append(context),
    batchAppend: batchAppend(context),
    delete: deleteStream(context),
    tombstone: tombstoneStream(context),
  } as UntypedServiceImplementation,
  features: { read: ['position', 'events'], batchAppend: ['deadline_duration'] },
});
