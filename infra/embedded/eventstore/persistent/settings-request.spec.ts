import messages from '@eventstore/db-client/generated/persistent_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { decodeDefinition } from './settings-request.ts';

type Options = InstanceType<typeof messages.CreateReq.Options>;

const identifier = (name: string) => {
  const stream = new shared.StreamIdentifier();
  stream.setStreamName(Buffer.from(name));
  return stream;
};

const settings = () => {
  const content = new messages.CreateReq.Settings();
  content.setHistoryBufferSize(100);
  content.setReadBatchSize(20);
  content.setLiveBufferSize(50);
  return content;
};

/** A request as clients of other languages send it, with the stream and the start side by side. */
const decode = (change: (options: Options, content: ReturnType<typeof settings>) => void = () => {}) => {
  const content = settings();
  const stream = new messages.CreateReq.StreamOptions();
  stream.setStreamIdentifier(identifier('orders'));
  stream.setStart(new shared.Empty());
  const options = new messages.CreateReq.Options();
  options.setGroupName('group');
  options.setSettings(content);
  options.setStream(stream);
  change(options, content);
  const request = new messages.CreateReq();
  request.setOptions(options);
  return decodeDefinition(Buffer.from(request.serializeBinary()));
};

describe('the start of a group on a stream', () => {
  it('may be said beside the stream', () => {
    expect(decode()).toMatchObject({ stream: 'orders', name: 'group', settings: { startFrom: 'start' } });
    expect(decode((options) => options.getStream()!.setEnd(new shared.Empty())).settings.startFrom).toBe('end');
    expect(decode((options) => options.getStream()!.setRevision('7')).settings.startFrom).toBe(7);
    expect(decode((options) => options.getStream()!.setRevision('0')).settings.startFrom).toBe(0);
  });

  it('counts there, if it is also said in the settings', () => {
    const { startFrom } = decode((options, content) => {
      options.getStream()!.setRevision('7');
      content.setRevision('9');
    }).settings;
    expect(startFrom).toBe(7);
  });

  it('may be said in the settings alone', () => {
    const old = (revision: string) =>
      decode((options, content) => {
        options.clearStream();
        options.setStreamIdentifier(identifier('orders'));
        content.setRevision(revision);
      });
    expect(old('9')).toMatchObject({ stream: 'orders', settings: { startFrom: 9 } });
    expect(old('18446744073709551615').settings.startFrom).toBe('end');
  });
});

describe('the settings of a group', () => {
  it('may have their times in ticks of 100 ns', () => {
    const { messageTimeout, checkpointAfter } = decode((_, content) => {
      content.setMessageTimeoutTicks('300000000');
      content.setCheckpointAfterTicks('20000000');
    }).settings;
    expect([messageTimeout, checkpointAfter]).toEqual([30_000, 2000]);
  });

  it('may have negative numbers, which count as none', () => {
    const { messageTimeout, maxRetryCount } = decode((_, content) => {
      content.setMessageTimeoutMs(-1);
      content.setMaxRetryCount(-5);
    }).settings;
    expect([messageTimeout, maxRetryCount]).toEqual([0, 0]);
  });

  it.each([
    [0, 'DispatchToSingle'],
    [1, 'RoundRobin'],
    [2, 'Pinned'],
  ] as const)('have the strategy with the number %i or its name, which counts', (number, name) => {
    expect(decode((_, content) => content.setNamedConsumerStrategy(number)).settings.strategy).toBe(name);
    const both = decode((_, content) => {
      content.setNamedConsumerStrategy(number);
      content.setConsumerStrategy('PinnedByCorrelation');
    });
    expect(both.settings.strategy).toBe('PinnedByCorrelation');
  });
});

describe('a request for a group', () => {
  it.each<[string, Parameters<typeof decode>[0], RegExp]>([
    ['with an unknown strategy', (_, content) => content.setConsumerStrategy('Best'), /strategy Best does not exist/],
    ['without a stream', (options) => options.getStream()!.clearStreamIdentifier(), /Bad stream name/],
    ['without a name', (options) => options.setGroupName(''), /group is missing/],
    [
      'on a stream that stands for everything',
      (options) => options.getStream()!.setStreamIdentifier(identifier('$all')),
      /only supported over gRPC/,
    ],
    ['without settings', (options) => options.clearSettings(), /at least one event/],
  ])('%s is refused', (_, change, reason) => {
    expect(() => decode(change)).toThrow(reason);
  });
});
