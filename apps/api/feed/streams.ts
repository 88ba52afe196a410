import { toCloudEvent } from '@funnel/contracts';
import type { EventStore } from '@funnel/event-store';
import type { LogBatch, Position, Stored } from '@funnel/kernel';
import { setTimeout as pause } from 'node:timers/promises';

export interface Wanted {
  /** Exclusive; from the beginning when absent. */
  readonly after?: Position | undefined;
  /** Stored names of events; all when absent. */
  readonly types?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  /** Where clients reach the product. */
  readonly publicUrl: string;
  readonly signal: AbortSignal;
}

/** One event a line, up to where the log ended at the call. */
export async function* lines(
  store: EventStore,
  { after, types, limit, publicUrl, signal }: Wanted,
): AsyncGenerator<string> {
  const reading = { ...(after && { after }), ...(types && { types }), ...(limit && { limit }), signal };
  for await (const event of store.readAll(reading)) yield `${JSON.stringify(toCloudEvent(event, publicUrl))}\n`;
}

const message = (event: Stored, publicUrl: string): string => {
  const told = toCloudEvent(event, publicUrl);
  return `id: ${told.sequence}\nevent: ${told.type}\ndata: ${JSON.stringify(told)}\n\n`;
};

/** Said at once, so that the client knows it is connected; and how soon it may come back. */
export const hello = ': funnel-ledger\nretry: 2000\n\n';
export const stillHere = ': still here\n\n';

/** How long a stream may be silent before it says that it is still there, in milliseconds. */
export const heartbeatMs = 15_000;

/** What came next, or `quiet` when nothing came for as long as a heartbeat. */
const nextOrQuiet = async <Value>(next: Promise<Value>): Promise<Value | 'quiet'> => {
  const waiting = new AbortController();
  try {
    return await Promise.race([next, pause(heartbeatMs, 'quiet' as const, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
};

/** The log's batches, and a word whenever it has been quiet for long. */
export async function* orQuiet(
  batches: AsyncIterable<LogBatch>,
  signal: AbortSignal,
): AsyncGenerator<LogBatch | 'quiet'> {
  const source = batches[Symbol.asyncIterator]();
  try {
    let next = source.next();
    while (!signal.aborted) {
      const turn = await nextOrQuiet(next);
      if (turn === 'quiet') {
        yield turn;
        continue;
      }
      if (turn.done) return;
      yield turn.value;
      next = source.next();
    }
  } finally {
    await source.return?.();
  }
}

/** Server-sent events, without end: until the signal aborts, or the limit is reached. */
export async function* liveMessages(store: EventStore, wanted: Wanted): AsyncGenerator<string> {
  const { after, types, limit = Infinity, publicUrl, signal } = wanted;
  yield hello;
  let told = 0;
  for await (const batch of orQuiet(store.follow({ streams: [], ...(after && { after }), signal }), signal)) {
    if (batch === 'quiet') yield stillHere;
    else {
      for (const event of batch.events.filter(({ type }) => types?.includes(type) ?? true)) {
        yield message(event, publicUrl);
        if (++told >= limit) return;
      }
    }
  }
}
