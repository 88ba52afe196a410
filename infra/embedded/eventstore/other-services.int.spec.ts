import generatedGossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import generatedMonitoring from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import generatedOperations from '@eventstore/db-client/generated/operations_grpc_pb.js';
import generatedUsers from '@eventstore/db-client/generated/users_grpc_pb.js';
import generatedProjections from '@eventstore/db-client/generated/projections_grpc_pb.js';
import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { get, type IncomingMessage } from 'node:http';
import { encode } from './wire/writer.ts';
import { MessageReader } from './wire/reader.ts';
import { TestNode } from './testing/test-node.ts';
import { eventually, rejection } from './testing/waiting.ts';

let node: TestNode;
let bytes: Client;
beforeAll(async () => {
  node = await TestNode.start();
  bytes = new Client(node.address, credentials.createInsecure());
});
afterAll(async () => {
  bytes.close();
  await node.remove();
});

const same = (buffer: Buffer): Buffer => buffer;
const ask = (path: string, message: Buffer = Buffer.alloc(0)) =>
  new Promise<Buffer>((resolve, reject) =>
    bytes.makeUnaryRequest(path, same, same, message, (error, answer) => (error ? reject(error) : resolve(answer!))),
  );

describe('what this server does not do', () => {
  const missing = [
    generatedProjections.ProjectionsService,
    generatedUsers.UsersService,
    generatedOperations.OperationsService,
    generatedMonitoring.MonitoringService,
  ].flatMap((service) => Object.values(service).map(({ path }) => path));

  it.each(missing)('is said to be not implemented: %s', async (path) => {
    expect((await rejection<ServiceError>(ask(path))).code).toBe(status.UNIMPLEMENTED);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['createProjection', () => node.client.createProjection('p', 'fromAll()')],
    ['getProjectionResult', () => node.client.getProjectionResult('p')],
    ['restartSubsystem', () => node.client.restartSubsystem()],
  ])('is an error that the client can read: %s', async (_, call) => {
    expect(String(await rejection(call()))).toMatch(/unimplemented|not implemented|unsupported|method/i);
  });
});

describe('a probe', () => {
  const about = (service: string) => encode((request) => request.text(1, service));
  const check = async (service: string): Promise<number> => {
    const answer = new MessageReader(await ask('/grpc.health.v1.Health/Check', about(service)));
    expect(answer.next()).toBe(1);
    return answer.number();
  };
  const serving = 1;

  it.each([
    '',
    'event_store.client.streams.Streams',
    Object.values(generatedGossip.GossipService)[0]!.path.split('/')[1]!,
  ])('hears that the server serves: %s', async (service) => expect(await check(service)).toBe(serving));

  it('hears of an unknown service that it is unknown', async () => {
    expect((await rejection<ServiceError>(check('event_store.client.users.Users'))).code).toBe(status.NOT_FOUND);
    expect((await rejection<ServiceError>(ask('/grpc.health.v1.Health/Check', Buffer.from([255])))).code).toBe(
      status.INVALID_ARGUMENT,
    );
  });

  it('may ask over HTTP, as it would ask the real server', async () => {
    const answerOf = (path: string, method = 'GET') => fetch(`http://${node.address}${path}`, { method });
    const codeOf = async (path: string, method?: string) => (await answerOf(path, method)).status;
    expect(await codeOf('/health/live')).toBe(204);
    expect(await codeOf('/health/live', 'HEAD')).toBe(204);
    expect(await codeOf('/health/live?liveCode=200')).toBe(200);
    expect(await codeOf('/health/live?liveCode=7')).toBe(204);
    expect(await codeOf('/health/live', 'POST')).toBe(405);
    expect(await codeOf('/health/dead')).toBe(404);
    expect(await codeOf('/web/index.html')).toBe(404);
    expect(await codeOf('/ping', 'POST')).toBe(404);
    expect(await (await answerOf('/ping')).json()).toMatchObject({ text: 'Ping request successfully handled' });
    expect(await (await answerOf('/info')).json()).toMatchObject({ esVersion: '24.10.0', state: 'leader' });
    const address = { httpEndPointIp: '127.0.0.1', httpEndPointPort: node.port };
    expect(await (await answerOf('/gossip')).json()).toMatchObject({
      members: [{ state: 'Leader', isAlive: true, ...address }],
      serverPort: node.port,
    });
  });

  it('that asks for what is no address hears that it is not there', async () => {
    const answer = new Promise<IncomingMessage>((resolve) => get({ port: node.port, path: '//' }, resolve));
    expect((await answer).resume().statusCode).toBe(404);
  });

  it('that watches hears at once how it is, and when the server goes', async () => {
    const other = await TestNode.start();
    const watcher = new Client(other.address, credentials.createInsecure());
    const call = watcher.makeServerStreamRequest('/grpc.health.v1.Health/Watch', same, same, about(''));
    const heard: Buffer[] = [];
    let error: ServiceError | undefined;
    call.on('data', (answer: Buffer) => heard.push(answer)).on('error', (reason: ServiceError) => (error = reason));
    await eventually(() => heard.length === 1, 'the state');
    expect([...heard[0]!]).toEqual([8, serving]);
    await other.remove();
    await eventually(() => error?.code === status.UNAVAILABLE, 'the end');
    watcher.close();
  });
});
