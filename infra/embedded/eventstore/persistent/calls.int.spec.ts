import generated from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import messages from '@eventstore/db-client/generated/persistent_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { jsonEvent, persistentSubscriptionToStreamSettingsFromDefaults as streamSettings } from '@eventstore/db-client';
import { Client, credentials, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import { events, TestNode } from '../testing/test-node.ts';
import { eventually } from '../testing/waiting.ts';

let node: TestNode;
let client: Client;
beforeAll(async () => {
  node = await TestNode.start();
  client = new Client(node.address, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await node.remove();
});

type ReadResponse = InstanceType<typeof messages.ReadResp>;

/** A consumer that sends whatever bytes it is told to. */
class RawCall {
  readonly answers: ReadResponse[] = [];
  error: ServiceError | undefined;
  isOver = false;
  readonly #call: ClientDuplexStream<Uint8Array, ReadResponse>;

  constructor() {
    const { path } = generated.PersistentSubscriptionsService.read;
    this.#call = client.makeBidiStreamRequest(
      path,
      (bytes: Uint8Array) => Buffer.from(bytes),
      messages.ReadResp.deserializeBinary,
    );
    this.#call.on('error', (error: ServiceError) => (this.error = error));
    this.#call.on('end', () => (this.isOver = true));
  }

  listen(): this {
    this.#call.on('data', (answer: ReadResponse) => this.answers.push(answer));
    return this;
  }

  write(bytes: Uint8Array): this {
    this.#call.write(bytes);
    return this;
  }

  halfClose(): this {
    this.#call.end();
    return this;
  }

  cancel(): void {
    this.#call.cancel();
  }

  failed(code: number): Promise<void> {
    return eventually(() => this.error?.code === code, `status ${code}`);
  }
}

const options = (changes: (options: InstanceType<typeof messages.ReadReq.Options>) => void = () => {}): Uint8Array => {
  const stream = new shared.StreamIdentifier();
  stream.setStreamName(Buffer.from('orders'));
  const content = new messages.ReadReq.Options();
  content.setStreamIdentifier(stream);
  content.setGroupName('group');
  content.setBufferSize(10);
  changes(content);
  const request = new messages.ReadReq();
  request.setOptions(content);
  return request.serializeBinary();
};
const ack = (): Uint8Array => {
  const request = new messages.ReadReq();
  request.setAck(new messages.ReadReq.Ack());
  return request.serializeBinary();
};

beforeAll(async () => {
  await node.client.createPersistentSubscriptionToStream('orders', 'group', streamSettings({ startFrom: 'start' }));
  await node.client.appendToStream('orders', events('A'));
});

const unknown = 2;
const invalidArgument = 3;
const resourceExhausted = 8;
const subscribers = async () =>
  (await node.client.getPersistentSubscriptionToStreamInfo('orders', 'group')).connections.length;

describe('a consumer that does not keep to the protocol', () => {
  it.each<[string, Uint8Array[], number]>([
    ['begins with an acknowledgement', [ack()], unknown],
    ['sends its options twice', [options(), options()], invalidArgument],
    ['sends what is no message', [options(), Buffer.from([0xff, 0xff, 0xff])], invalidArgument],
    ['sends nothing in a message', [options(), Buffer.alloc(0)], invalidArgument],
    ['has a buffer for nothing', [options((content) => content.setBufferSize(0))], unknown],
    ['has a buffer for less than nothing', [options((content) => content.setBufferSize(-1))], unknown],
    ['names no group', [options((content) => content.setGroupName(''))], unknown],
    ['sends more than a message may have', [options(), Buffer.alloc(20 * 1024 * 1024)], resourceExhausted],
  ])('is refused when it %s, and is gone', async (_, parts, code) => {
    const call = new RawCall().listen();
    for (const part of parts) call.write(part);
    await call.failed(code);
    await eventually(async () => (await subscribers()) === 0, 'nobody');
  });

  it('that says nothing at all is let go', async () => {
    const call = new RawCall().listen().halfClose();
    await eventually(() => call.isOver, 'the end of the call');
  });

  it('that only listens is sent events, in the form of ids that it asked for', async () => {
    const structured = new messages.ReadReq.Options.UUIDOption();
    structured.setStructured(new shared.Empty());
    const call = new RawCall()
      .listen()
      .write(options((content) => content.setUuidOption(structured)))
      .halfClose();
    await eventually(() => call.answers.length === 2, 'a confirmation and an event');
    expect(call.answers[0]!.getSubscriptionConfirmation()!.getSubscriptionId()).toBe('orders::group');
    const event = call.answers[1]!.getEvent()!;
    expect(event.hasRetryCount()).toBe(true);
    expect(event.getEvent()!.getId()!.hasStructured()).toBe(true);
    call.cancel();
    await eventually(async () => (await subscribers()) === 0, 'nobody');
  });
});

describe('a consumer that does not take what it is sent', () => {
  it('is sent no more until it does', async () => {
    const large = () => Array.from({ length: 45 }, () => jsonEvent({ type: 'Large', data: 'x'.repeat(20_000) }));
    for (let turn = 0; turn < 4; turn++) await node.client.appendToStream('orders', large());
    const call = new RawCall().write(options((content) => content.setBufferSize(1000)));
    const sent = async () => {
      const { connections } = await node.client.getPersistentSubscriptionToStreamInfo('orders', 'group');
      return Number(connections[0]?.totalItems ?? 0);
    };
    await eventually(async () => (await sent()) > 0, 'the first event');
    expect(await sent()).toBeLessThan(100);
    call.listen();
    await eventually(() => call.answers.length === 182, 'a confirmation and every event');
    call.cancel();
  });
});
