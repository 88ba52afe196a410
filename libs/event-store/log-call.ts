import { convertToCommandError } from '@eventstore/db-client';
import generated from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { Client, type ClientReadableStream, credentials } from '@grpc/grpc-js';
import type { LogFilter, Position } from '@funnel/kernel';
import type { Connection } from './connection.ts';
import type { Item } from './progress.ts';
import { readAnswer } from './read-answer.ts';

const {
  FilterOptions,
  AllOptions,
  Position: Place,
  StreamOptions,
  SubscriptionOptions,
  UUIDOption,
} = generated.ReadReq.Options;
const nothing = () => new shared.Empty();

/** Events that the server looks at before it tells its position, also where the filter left nothing. */
const checkpointEvery = 1_000;
/** Of no stream of the server's own; those begin with a dollar. */
const notSystem = '^[^\\$].*';

type Options = InstanceType<typeof generated.ReadReq.Options>;
/** Answers as they come from the wire; those without news among them. */
export type Answers = ClientReadableStream<Item | 'nothing new'>;
type Caller = Pick<Connection, 'client'>;

/** The client's `subscribeToAll` on the client's connection, save for how its answers are read. */
export const callSubscription = (
  caller: Caller,
  { streams, after }: Pick<LogFilter, 'streams' | 'after'>,
): Promise<Answers> =>
  call(caller, (options) => {
    options.setAll(placeInLog(after));
    options.setSubscription(new SubscriptionOptions());
    options.setFilter(filterOf(streams));
  });

/** Likewise its `readAll`: from a position on, inclusive, to the end of the log. */
export const callReadAll = (caller: Caller, from: Position | undefined): Promise<Answers> =>
  call(caller, (options) => {
    options.setAll(placeInLog(from));
    toTheEnd(options);
  });

/** Likewise its `readStream`: from a revision on to the end of the stream; nothing where there is no such stream. */
export const callReadStream = (caller: Caller, stream: string, from: number): Promise<Answers> =>
  call(caller, (options) => {
    const place = new StreamOptions();
    const name = new shared.StreamIdentifier();
    name.setStreamName(Buffer.from(stream));
    place.setStreamIdentifier(name);
    place.setRevision(`${from}`);
    options.setStream(place);
    toTheEnd(options);
  });

/** The fault of such a call as the client would have told it; any other as it is. */
export const asTheClientSays = (fault: unknown): unknown =>
  fault instanceof Error && 'details' in fault ? convertToCommandError(fault) : fault;

const call = async ({ client }: Caller, specify: (options: Options) => void): Promise<Answers> => {
  const channelOverride = await client['getChannel']();
  const [metadata, callOptions] = client['callArguments']({}, { deadline: Infinity });
  // Its address and credentials are those of the channel.
  const stub = new Client('', credentials.createInsecure(), { channelOverride });
  return stub.makeServerStreamRequest(
    '/event_store.client.streams.Streams/Read',
    (request: InstanceType<typeof generated.ReadReq>) => Buffer.from(request.serializeBinary()),
    readAnswer,
    requestOf(specify),
    metadata,
    callOptions,
  );
};

const requestOf = (specify: (options: Options) => void) => {
  const options = new generated.ReadReq.Options();
  const uuids = new UUIDOption();
  uuids.setString(nothing());
  options.setUuidOption(uuids);
  specify(options);
  const request = new generated.ReadReq();
  request.setOptions(options);
  return request;
};

const toTheEnd = (options: Options): void => {
  options.setCount(`${Number.MAX_SAFE_INTEGER}`);
  options.setNoFilter(nothing());
};

const placeInLog = (from: Position | undefined) => {
  const all = new AllOptions();
  if (!from) all.setStart(nothing());
  else {
    const place = new Place();
    place.setCommitPosition(`${from.commit}`);
    place.setPreparePosition(`${from.prepare}`);
    all.setPosition(place);
  }
  return all;
};

const filterOf = (streams: readonly string[]) => {
  const expression = new FilterOptions.Expression();
  if (streams.length > 0) expression.setPrefixList([...streams]);
  else expression.setRegex(notSystem);
  const filter = new FilterOptions();
  if (streams.length > 0) filter.setStreamIdentifier(expression);
  else filter.setEventType(expression);
  filter.setMax(checkpointEvery);
  filter.setCheckpointintervalmultiplier(1);
  return filter;
};
