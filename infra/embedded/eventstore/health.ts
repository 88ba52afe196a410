import { status, type sendUnaryData, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ServerContext } from './context.ts';
import { StatusError, toStatusError } from './errors.ts';
import type { Service } from './service.ts';
import { MessageReader } from './wire/reader.ts';
import { encode } from './wire/writer.ts';

/** gRPC's own health check, which probes of clusters ask: the server as a whole, or one of the given services. */
export const healthService = ({ calls }: ServerContext, services: readonly Service[]): Service => {
  const names = new Set(['', ...services.flatMap(({ definition }) => Object.values(definition).map(serviceOf))]);
  const implementation = {
    check: ({ request }: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
      try {
        if (names.has(readServiceName(request))) done(null, serving);
        else done(new StatusError(status.NOT_FOUND, 'There is no such service.'));
      } catch (error) {
        done(toStatusError(error));
      }
    },
    // What is asked for stays as it is until the server goes, which ends the call.
    watch: (call: ServerWritableStream<Buffer, Buffer>) => {
      try {
        call.write(names.has(readServiceName(call.request)) ? serving : unknownService);
        calls.add(call);
      } catch (error) {
        call.emit('error', toStatusError(error));
      }
    },
  };
  return { definition, implementation: implementation as unknown as UntypedServiceImplementation };
};

const same = (bytes: Buffer): Buffer => bytes;
const method = (name: string, responseStream: boolean): ServiceDefinition[string] => ({
  path: `/grpc.health.v1.Health/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
});
const definition: ServiceDefinition = { check: method('Check', false), watch: method('Watch', true) };

const serving = encode((answer) => answer.number(1, 1));
const unknownService = encode((answer) => answer.number(1, 3));

const serviceOf = ({ path }: { path: string }): string => path.split('/')[1]!;

const readServiceName = (request: Buffer): string => {
  const reader = new MessageReader(request);
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) return reader.text();
    reader.skip();
  }
  return '';
};
