import { randomUUID } from 'node:crypto';
import { connect, constants } from 'node:http2';
import { createRequire } from 'node:module';
import { EventStoreDBClient } from '@eventstore/db-client';
import generatedGossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import generatedPersistent from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import generatedStreams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Client, credentials, status, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import { events, many, TestNode } from './testing/test-node.ts';
import { eventually, rejection } from './testing/waiting.ts';

// The client's own copy: messages of two copies of this library cannot be mixed, and the second one that is loaded
// breaks the first.
const here = createRequire(import.meta.url);
const { Timestamp } = createRequire(here.resolve('@eventstore/db-client'))(
  'google-protobuf/google/protobuf/timestamp_pb.js',
) as { Timestamp: { fromDate(date: Date): never } };

let node: TestNode;
let stubs: InstanceType<typeof generatedStreams.StreamsClient>;
let bytes: Client;
beforeAll(async () => {
  node = await TestNode.start();
  stubs = new generatedStreams.StreamsClient(node.address, credentials.createInsecure());
  bytes = new Client(node.address, credentials.createInsecure());
});
afterAll(async () => {
  stubs.close();
  bytes.close();
  await node.remove();
});

type Answer = InstanceType<typeof streams.BatchAppendResp>;

const uuid = (text: string) => {
  const message = new shared.UUID();
  message.setString(text);
  return message;
};

const identifier = (name: string) => {
  const message = new shared.StreamIdentifier();
  message.setStreamName(Buffer.from(name));
  return message;
};

interface Part {
  correlation: string;
  stream?: string;
  deadline?: Date;
  events?: { id?: string; properties?: Record<string, string> }[];
  isFinal?: boolean;
}

const batchPart = ({ correlation, stream, deadline, events = [{}], isFinal = true }: Part) => {
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(uuid(correlation));
  request.setIsFinal(isFinal);
  if (stream !== undefined) request.setOptions(batchOptions(stream, deadline));
  for (const { id = randomUUID(), properties = { type: 'T', 'content-type': 'application/json' } } of events) {
    const proposed = new streams.BatchAppendReq.ProposedMessage();
    proposed.setId(uuid(id));
    for (const [key, value] of Object.entries(properties)) proposed.getMetadataMap().set(key, value);
    request.addProposedMessages(proposed);
  }
  return request;
};

const batchOptions = (stream: string, deadline = new Date(Date.now() + 60_000)) => {
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(identifier(stream));
  options.setAny(new shared.Empty() as never);
  options.setDeadline(Timestamp.fromDate(deadline));
  return options;
};

/** One batch append call and everything that comes back on it. */
class BatchCall {
  readonly answers: Answer[] = [];
  error: ServiceError | undefined;
  isOver = false;
  readonly call: ClientDuplexStream<InstanceType<typeof streams.BatchAppendReq>, Answer> = stubs.batchAppend();

  constructor() {
    this.call.on('data', (answer: Answer) => this.answers.push(answer));
    this.call.on('error', (error: ServiceError) => (this.error = error));
    this.call.on('end', () => (this.isOver = true));
  }

  send(part: Part): void {
    this.call.write(batchPart(part));
  }

  async hears(count: number): Promise<Answer[]> {
    await eventually(() => this.answers.length >= count, `${count} answers`);
    return this.answers;
  }

  async ends(): Promise<Answer[]> {
    this.call.end();
    await eventually(() => this.isOver, 'the end of the call');
    return this.answers;
  }
}

const failureOf = (answer: Answer | undefined) => {
  const error = answer?.getError();
  if (error?.getMessage() !== 'BadRequest') return error?.getMessage();
  return `BadRequest: ${shared.BadRequest.deserializeBinary(error.getDetails()!.getValue_asU8()).getMessage()}`;
};
const id = (part: number) => `00000000-0000-4000-8000-${String(part).padStart(12, '0')}`;

describe('batch append', () => {
  it('answers every correlation id once, with its stream, also in errors', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'answered' });
    batch.send({ correlation: id(2), stream: 'answered', events: [{ properties: {} }] });
    const answers = await batch.ends();
    const streamOf = (answer: Answer) => Buffer.from(answer.getStreamIdentifier()!.getStreamName_asU8()).toString();
    expect(answers.map(streamOf)).toEqual(['answered', 'answered']);
    expect(new Set(answers.map((answer) => answer.getCorrelationId()!.getString()))).toEqual(new Set([id(1), id(2)]));
    expect(answers.filter((answer) => answer.hasError()).map(failureOf)).toEqual([
      "BadRequest: Required Metadata Property 'type' is missing",
    ]);
  });

  it.each([
    ['eventId', { id: '00000000-0000-0000-0000-000000000000' }],
    ['eventType', { properties: { type: '', 'content-type': 'application/json' } }],
  ])('says that an event has an empty %s', async (argument, event) => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'empty', events: [event] });
    const [answer] = await batch.ends();
    expect(failureOf(answer)).toBe(`BadRequest: Empty ${argument} provided. (Parameter '${argument}')`);
  });

  it('refuses what comes after its deadline', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'late', deadline: new Date(Date.now() - 1000) });
    expect((await batch.ends()).map(failureOf)).toEqual(['Timeout']);
    expect((await rejection(node.typesOf('late'))).type).toBe('stream-not-found');
  });

  it('gives up an append whose last part does not come in time, and ignores that part', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'slow', isFinal: false, deadline: new Date(Date.now() + 50) });
    expect((await batch.hears(1)).map(failureOf)).toEqual(['Timeout']);
    batch.send({ correlation: id(1) });
    batch.send({ correlation: id(2), stream: 'quick' });
    expect(await batch.ends()).toHaveLength(2);
    expect((await rejection(node.typesOf('slow'))).type).toBe('stream-not-found');
  });

  it('does not wait longer for the last part than the real server does', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'slower', isFinal: false });
    expect((await batch.hears(1)).map(failureOf)).toEqual(['Timeout']);
  });

  it('ignores parts of an append that it has refused or never heard of', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'refused', isFinal: false, events: [{ id: 'no uuid' }] });
    batch.send({ correlation: id(1), isFinal: false });
    batch.send({ correlation: id(1) });
    batch.send({ correlation: id(9) });
    expect(await batch.ends()).toHaveLength(1);
    expect((await rejection(node.typesOf('refused'))).type).toBe('stream-not-found');
  });

  it.each(['', '$$'])('refuses the stream "%s" once, and goes on', async (stream) => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream, isFinal: false });
    batch.send({ correlation: id(1) });
    batch.send({ correlation: id(2), stream: 'after' });
    const [refused, written] = await batch.ends();
    expect(failureOf(refused)).toMatch(/BadRequest: .*out of the range of valid values/);
    expect(written!.hasSuccess()).toBe(true);
  });

  it('does not leave an append unanswered when the client stops in the middle of it', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'half', isFinal: false });
    expect((await batch.ends()).map(failureOf)).toEqual([
      'BadRequest: The call ended before the last part of the append.',
    ]);
  });

  it('understands correlation and event ids in two halves', async () => {
    const request = batchPart({ correlation: id(1), stream: 'halves', events: [] });
    const halves = new shared.UUID.Structured();
    halves.setMostSignificantBits('-6066930261531658096');
    halves.setLeastSignificantBits('-6066930261531658095');
    request.getCorrelationId()!.setStructured(halves);
    const event = new streams.BatchAppendReq.ProposedMessage();
    event.setId(request.getCorrelationId());
    event.getMetadataMap().set('type', 'T').set('content-type', 'application/json');
    request.addProposedMessages(event);
    const batch = new BatchCall();
    batch.call.write(request);
    const [answer] = await batch.ends();
    expect(answer!.getCorrelationId()!.getStructured()!.getMostSignificantBits()).toBe('-6066930261531658096');
    for await (const read of node.client.readStream('halves'))
      expect(read.event!.id).toBe('abcdef12-3456-7890-abcd-ef1234567891');
  });

  it('goes on for others when one client disappears in the middle', async () => {
    const batch = new BatchCall();
    batch.send({ correlation: id(1), stream: 'gone', isFinal: false });
    batch.call.cancel();
    await eventually(() => batch.error?.code === status.CANCELLED, 'the cancellation');
    expect((await node.client.appendToStream('others', events('A'))).success).toBe(true);
  });
});

describe('classic append', () => {
  const append = (...parts: InstanceType<typeof streams.AppendReq>[]) =>
    new Promise<InstanceType<typeof streams.AppendResp>>((resolve, reject) => {
      const call = stubs.append((error, response) => (error ? reject(error) : resolve(response)));
      for (const part of parts) call.write(part);
      call.end();
    });

  const eventOf = (properties: Record<string, string>) => {
    const proposed = new streams.AppendReq.ProposedMessage();
    proposed.setId(uuid(randomUUID()));
    for (const [key, value] of Object.entries(properties)) proposed.getMetadataMap().set(key, value);
    const part = new streams.AppendReq();
    part.setProposedMessage(proposed);
    return part;
  };

  const optionsFor = (stream: string, expectAny = true) => {
    const options = new streams.AppendReq.Options();
    options.setStreamIdentifier(identifier(stream));
    if (expectAny) options.setAny(new shared.Empty());
    const part = new streams.AppendReq();
    part.setOptions(options);
    return part;
  };

  it('says which property of an event is missing', async () => {
    const error = await rejection<ServiceError>(append(optionsFor('s'), eventOf({ type: 'T' })));
    expect(error.metadata.getMap()).toMatchObject({
      exception: 'missing-required-metadata-property',
      'required-metadata-properties': 'type,content-type',
    });
  });

  it('says what it expected also in the words of the oldest clients', async () => {
    const options = optionsFor('expected', false);
    options.getOptions()!.setNoStream(new shared.Empty());
    const event = eventOf({ type: 'T', 'content-type': 'application/json' });
    await append(optionsFor('expected'), event);
    const conflict = (await append(options, eventOf({ type: 'T', 'content-type': 'text' }))).getWrongExpectedVersion()!;
    expect(conflict.getExpectedRevision2060()).toBe(Number(2n ** 64n - 1n));
    expect(conflict.hasExpectedNoStream()).toBe(true);
  });

  it('needs options, a stream and an expected revision', async () => {
    const codes = [];
    for (const parts of [[], [optionsFor('')], [optionsFor('s', false)]])
      codes.push((await rejection<ServiceError>(append(...parts))).code);
    expect(codes).toEqual([status.UNKNOWN, status.UNKNOWN, status.INVALID_ARGUMENT]);
  });
});

describe('a broken call', () => {
  const paths = Object.values(generatedStreams.StreamsService).map(({ path }) => path);
  const same = (buffer: Buffer): Buffer => buffer;

  it.each(paths)('of %s is refused and harms nobody', async (path) => {
    const garbage = Buffer.from('ffffffffffffffffffffffff', 'hex');
    const error = await new Promise<ServiceError>((resolve) => {
      const call = bytes.makeBidiStreamRequest(path, same, same);
      call.on('data', () => {}).on('error', (reason) => resolve(reason as ServiceError));
      call.write(garbage);
      call.end();
    });
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect((await node.client.appendToStream('alive', events('A'))).success).toBe(true);
  });

  it('of more than any event may have is refused and harms nobody', async () => {
    const error = await new Promise<ServiceError>((resolve) => {
      const call = bytes.makeBidiStreamRequest(paths[4]!, same, same);
      call.on('data', () => {}).on('error', (reason) => resolve(reason as ServiceError));
      call.write(Buffer.alloc(18 * 1024 * 1024));
    });
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
    expect((await node.client.appendToStream('alive', events('A'))).success).toBe(true);
  });

  it('that is reset in the middle of a message harms nobody', async () => {
    const session = connect(`http://${node.address}`);
    const request = session.request({
      ':method': 'POST',
      ':path': '/event_store.client.streams.Streams/BatchAppend',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    request.on('error', () => {});
    request.write(Buffer.from([0, 0, 0, 1, 0, 1, 2, 3]));
    await new Promise((resolve) => setImmediate(resolve));
    request.close(constants.NGHTTP2_INTERNAL_ERROR);
    session.destroy();
    expect((await node.client.appendToStream('alive', events('A'))).success).toBe(true);
  });

  it('to a service that is not there is said to be not implemented', async () => {
    const error = await rejection<ServiceError>(
      new Promise((_, reject) => {
        const path = '/event_store.client.users.Users/Create';
        bytes.makeUnaryRequest(path, same, same, Buffer.alloc(0), (reason) => reject(reason!));
      }),
    );
    expect(error.code).toBe(status.UNIMPLEMENTED);
  });
});

describe('reading', () => {
  const readRaw = (change: (options: InstanceType<typeof streams.ReadReq.Options>) => void) =>
    new Promise<InstanceType<typeof streams.ReadResp>[]>((resolve, reject) => {
      const request = new streams.ReadReq();
      const options = new streams.ReadReq.Options();
      const where = new streams.ReadReq.Options.StreamOptions();
      where.setStreamIdentifier(identifier('raw'));
      where.setStart(new shared.Empty());
      options.setStream(where);
      options.setCount('10');
      options.setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
      change(options);
      const answers: InstanceType<typeof streams.ReadResp>[] = [];
      const call = stubs.read(request.setOptions(options));
      call.on('data', (answer) => answers.push(answer)).on('error', reject);
      call.on('end', () => resolve(answers));
    });

  beforeAll(async () => {
    await node.client.appendToStream('raw', events('A', 'B'));
    await node.client.appendToStream('hidden', many(50));
  });

  it('gives ids in two halves to those who want them so', async () => {
    const [asText] = await readRaw(() => {});
    const [inHalves] = await readRaw((options) =>
      options.setUuidOption(new streams.ReadReq.Options.UUIDOption().setStructured(new shared.Empty())),
    );
    const text = asText!.getEvent()!.getEvent()!.getId()!.getString();
    const halves = inHalves!.getEvent()!.getEvent()!.getId()!.getStructured()!;
    const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()]
      .map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0'))
      .join('');
    expect(hex).toBe(text.replaceAll('-', ''));
  });

  it('says where the stream ends to those who ask', async () => {
    const answers = await readRaw((options) =>
      options.setControlOption(new streams.ReadReq.Options.ControlOption().setCompatibility(1)),
    );
    expect(answers.map((answer) => answer.getContentCase())).toEqual([1, 1, 6]);
    expect(answers.at(-1)!.getLastStreamPosition()).toBe('1');
  });

  it.each([
    ['whose first page is hidden', 40, 0, [5, 1, 6], '40'],
    ['of which the first page shows something', 1, 0, [1, 6], ''],
    ['that is read from behind what comes next', 0, 60, [5, 6], '50'],
    ['that is read from what comes next', 0, 50, [6], ''],
  ])('tells those who ask where a stream goes on %s', async (_, truncateBefore, from, kinds, first) => {
    await node.client.setStreamMetadata('hidden', { truncateBefore });
    const answers = await readRaw((options) => {
      options.getStream()!.setStreamIdentifier(identifier('hidden'));
      options.getStream()!.setRevision(`${from}`);
      options.setCount('2');
      options.setControlOption(new streams.ReadReq.Options.ControlOption().setCompatibility(1));
    });
    expect([...new Set(answers.map((answer) => answer.getContentCase()))]).toEqual(kinds);
    const beginning = answers.find((answer) => answer.hasFirstStreamPosition());
    expect(beginning?.getFirstStreamPosition() ?? '').toBe(first);
  });

  it('refuses a filtered subscription that says no interval of checkpoints', async () => {
    const filtered = (options: InstanceType<typeof streams.ReadReq.Options>) => {
      const filter = new streams.ReadReq.Options.FilterOptions();
      filter.setEventType(new streams.ReadReq.Options.FilterOptions.Expression().setPrefixList(['A'])).setMax(32);
      const everything = new streams.ReadReq.Options.AllOptions();
      options.setAll(everything.setStart(new shared.Empty()));
      options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions()).setFilter(filter);
    };
    expect((await rejection<ServiceError>(readRaw(filtered))).code).toBe(status.UNKNOWN);
  });

  it('refuses a subscription that goes backwards', async () => {
    const error = await rejection<ServiceError>(
      readRaw((options) => {
        options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
        options.setReadDirection(1);
      }),
    );
    expect(error.code).toBe(status.INVALID_ARGUMENT);
  });
});

/** What the client keeps to itself about the server. */
interface Capabilities {
  supports(method: { path: string }, feature?: string): boolean;
}

describe('finding the server', () => {
  it('works by gossip, from several addresses of which one answers', async () => {
    const client = EventStoreDBClient.connectionString(
      `esdb://127.0.0.1:1,${node.address}?tls=false&maxDiscoverAttempts=3`,
    );
    expect((await client.appendToStream('found', events('A'))).success).toBe(true);
    await client.dispose();
  });

  it('tells of one living leader', async () => {
    const gossip = new generatedGossip.GossipClient(node.address, credentials.createInsecure());
    const cluster = await new Promise<{ getMembersList(): unknown[] }>((resolve, reject) =>
      gossip.read(new shared.Empty(), (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    gossip.close();
    expect(cluster.getMembersList()).toHaveLength(1);
  });

  it('announces what it serves and nothing else', async () => {
    const client = node.client as unknown as { capabilities: Promise<Capabilities> };
    const { supports } = await client.capabilities;
    expect(supports(generatedStreams.StreamsService.batchAppend)).toBe(true);
    expect(supports(generatedStreams.StreamsService.read, 'position')).toBe(true);
    expect(supports(generatedPersistent.PersistentSubscriptionsService.restartSubsystem, 'all')).toBe(true);
    expect(supports({ path: '/event_store.client.users.Users/Create' })).toBe(false);
  });
});
