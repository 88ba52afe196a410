import generated from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { Client, type ClientReadableStream, credentials } from '@grpc/grpc-js';
import type { LogFilter, Position } from '@funnel/kernel';
import type { Connection } from './connection.ts';
import type { Item } from './progress.ts';
import { readAnswer } from './read-answer.ts';

const { FilterOptions, AllOptions, Position: Place, SubscriptionOptions, UUIDOption } = generated.ReadReq.Options;
const nothing = () => new shared.Empty();

/** Events that the server looks at before it tells its position, also where the filter left nothing. */
const checkpointEvery = 1_000;
/** Of no stream of the server's own; those begin with a dollar. */
const notSystem = '^[^\\$].*';

/** The client's `subscribeToAll` on the client's connection, save for how its answers are read. */
export const callSubscription = async (
  { client }: Pick<Connection, 'client'>,
  filter: Pick<LogFilter, 'streams' | 'after'>,
): Promise<ClientReadableStream<Item | 'nothing new'>> => {
  const channelOverride = await client['getChannel']();
  const [metadata, options] = client['callArguments']({}, { deadline: Infinity });
  // Its address and credentials are those of the channel.
  const stub = new Client('', credentials.createInsecure(), { channelOverride });
  return stub.makeServerStreamRequest(
    '/event_store.client.streams.Streams/Read',
    (request: InstanceType<typeof generated.ReadReq>) => Buffer.from(request.serializeBinary()),
    readAnswer,
    requestOf(filter),
    metadata,
    options,
  );
};

const requestOf = ({ streams, after }: Pick<LogFilter, 'streams' | 'after'>) => {
  const options = new generated.ReadReq.Options();
  const uuids = new UUIDOption();
  uuids.setString(nothing());
  options.setUuidOption(uuids);
  options.setAll(beginning(after));
  options.setSubscription(new SubscriptionOptions());
  options.setFilter(filterOf(streams));
  const request = new generated.ReadReq();
  request.setOptions(options);
  return request;
};

const beginning = (after: Position | undefined) => {
  const all = new AllOptions();
  if (!after) all.setStart(nothing());
  else {
    const place = new Place();
    place.setCommitPosition(`${after.commit}`);
    place.setPreparePosition(`${after.prepare}`);
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
