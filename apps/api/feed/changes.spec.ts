import type { LogBatch, Recorded } from '@funnel/kernel';
import { changes } from './changes.ts';

const changed = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ stream: `${kind}-${index}` }) as Recorded);

/** What a screen is told of one batch of the log. */
const told = async (events: readonly Recorded[]) => {
  const leaving = new AbortController();
  const batch = { events, position: { commit: 7n, prepare: 7n } } as unknown as LogBatch;
  const store = {
    follow: async function* () {
      yield batch;
    },
  };
  const messages = changes(store as unknown as Parameters<typeof changes>[0], {
    ...{ after: { commit: 0n, prepare: 0n }, signal: leaving.signal },
    shown: () => Promise.resolve(true),
  });
  await messages.next();
  const { value } = await messages.next();
  leaving.abort();
  return JSON.parse(/data: (.*)/.exec(`${value}`)?.[1] ?? '') as { streams: string[]; count: number };
};

describe('what a screen is told of many changes at once', () => {
  it('names a hundred streams of a kind, and says how many events came', async () => {
    const { streams, count } = await told(changed('alert', 250));
    expect([streams.length, streams[0], count]).toEqual([100, 'alert-0', 250]);
  });

  it('names the deals however many alerts there are', async () => {
    const { streams } = await told([...changed('alert', 250), ...changed('deal', 2)]);
    expect(streams.filter((stream) => stream.startsWith('deal-'))).toEqual(['deal-0', 'deal-1']);
  });
});

describe('what the views do not show yet', () => {
  it('is told again with what changes next, until they show it', async () => {
    const leaving = new AbortController();
    const batch = (stream: string, commit: bigint) =>
      ({ events: [{ stream }], position: { commit, prepare: commit } }) as unknown as LogBatch;
    const store = {
      follow: async function* () {
        yield batch('deal-late', 7n);
        yield batch('deal-next', 8n);
        yield batch('deal-last', 9n);
      },
    };
    const messages = changes(store as unknown as Parameters<typeof changes>[0], {
      ...{ after: { commit: 0n, prepare: 0n }, signal: leaving.signal },
      shown: ({ commit }) => Promise.resolve(commit !== 7n),
    });
    const named: string[][] = [];
    for await (const text of messages) {
      const data = /data: (.*)/.exec(text)?.[1];
      if (data) named.push((JSON.parse(data) as { streams: string[] }).streams);
    }
    expect(named).toEqual([['deal-late'], ['deal-late', 'deal-next'], ['deal-last']]);
  });
});
