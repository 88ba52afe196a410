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
    shown: () => Promise.resolve(),
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
