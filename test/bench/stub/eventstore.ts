/**
 * Answers the EventStoreDB protocol on the same gRPC library and stores nothing: every append succeeds, every read finds the
 * same event as often as the first argument says. What the real server is measured against.
 */
import { randomUUID } from 'node:crypto';
import generated from '@eventstore/db-client/generated/streams_grpc_pb.js';
import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { featuresService } from '../../../infra/embedded/eventstore/features.ts';
import { gossipService } from '../../../infra/embedded/eventstore/gossip.ts';
import { encodeReadEvent } from '../../../infra/embedded/eventstore/log/record.ts';
import { Outbox } from '../../../infra/embedded/eventstore/outbox.ts';
import { decodeReadRequest } from '../../../infra/embedded/eventstore/read-request.ts';
import { decodeBatchAppendPart, readWriteOptions } from '../../../infra/embedded/eventstore/requests.ts';
import { encodeAppended, encodeBatchAnswer } from '../../../infra/embedded/eventstore/responses.ts';
import { sendAhead } from '../../../infra/embedded/eventstore/send-ahead.ts';
import { asBytes, type Service } from '../../../infra/embedded/eventstore/service.ts';
import { MessageReader } from '../../../infra/embedded/eventstore/wire/reader.ts';
import { encode } from '../../../infra/embedded/eventstore/wire/writer.ts';
import { payload } from '../payload.ts';

const eventCount = Number(process.argv[2]);
const written = { kind: 'written', revision: 1, position: 1 } as const;
const appended = encodeAppended(written);
const confirmation = encode((answer) => answer.message(2, (confirmed) => confirmed.text(1, 'stub')));
const caughtUp = encode((answer) => answer.message(8));
const event = encodeReadEvent({
  id: '00000000-0000-4000-8000-000000000000',
  stream: 'bench-0',
  revision: 1,
  position: 1,
  created: Date.now(),
  type: 'Measured',
  isJson: true,
  data: Buffer.from(JSON.stringify(payload(0))),
  metadata: new Uint8Array(0),
});

const append = (call: ServerReadableStream<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
  call.on('data', () => {});
  call.on('end', () => answer(null, appended));
};

const batchAppend = (call: ServerDuplexStream<Buffer, Buffer>): void => {
  call.on('data', (message: Buffer) => {
    const { correlation, options } = decodeBatchAppendPart(message);
    const { stream } = readWriteOptions(new MessageReader(options!));
    call.write(encodeBatchAnswer({ correlation, stream, result: written }));
  });
  call.on('end', () => call.end());
};

const read = async (call: ServerWritableStream<Buffer, Uint8Array>): Promise<void> => {
  const outbox = new Outbox(call);
  const { count } = decodeReadRequest(call.request);
  const isSubscription = count === 'subscription';
  if (isSubscription) await outbox.send(confirmation);
  for (let left = isSubscription ? eventCount : Math.min(count, eventCount); left > 0 && !outbox.isClosed; left--) {
    const room = outbox.send(event);
    if (room) await room;
  }
  if (isSubscription) await outbox.send(caughtUp);
  else call.end();
};

const streams: Service = {
  definition: asBytes(generated.StreamsService),
  implementation: { append, batchAppend, read } as unknown as UntypedServiceImplementation,
  features: { read: ['position', 'events'], batchAppend: ['deadline_duration'] },
};
const endPoint = { host: '127.0.0.1', port: 0 };
const services = [streams, gossipService({ instanceId: randomUUID(), endPoint })];
const server = new Server({ 'grpc.max_receive_message_length': -1, interceptors: [sendAhead] });
for (const { definition, implementation } of [...services, featuresService(services)])
  server.addService(definition, implementation);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
  if (error) throw error;
  endPoint.port = bound;
  process.stdout.write(`${JSON.stringify({ event: 'ready', server: 'stub', port: bound })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
