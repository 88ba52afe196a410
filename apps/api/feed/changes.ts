import type { EventStore } from '@funnel/event-store';
import { formatPosition, type LogBatch, type Position } from '@funnel/kernel';
import { hello, orQuiet, stillHere } from './streams.ts';

export interface Watching {
  /** Exclusive. */
  readonly after: Position;
  /** Resolves once the views show what came up to a position. */
  readonly shown: (position: Position) => Promise<unknown>;
  readonly signal: AbortSignal;
}

/** Whoever sees that so many of a kind changed reads again all that these concern. */
const namedOfAKind = 100;

const message = ({ events, position }: LogBatch): string => {
  const changed = new Set(events.map(({ stream }) => stream));
  const kinds = Map.groupBy(changed, (stream) => stream.split('-', 1)[0]);
  const streams = [...kinds.values()].flatMap((ofAKind) => ofAKind.slice(0, namedOfAKind));
  return `id: ${formatPosition(position)}\ndata: ${JSON.stringify({ streams, count: events.length })}\n\n`;
};

/** Server-sent events that name what changed, batch by batch as the views take it in, until the signal aborts. */
export async function* changes(
  store: Pick<EventStore, 'follow'>,
  { after, shown, signal }: Watching,
): AsyncGenerator<string> {
  yield hello;
  for await (const batch of orQuiet(store.follow({ streams: [], after, signal }), signal)) {
    if (batch === 'quiet') yield stillHere;
    else if (batch.events.length > 0) {
      await shown(batch.position);
      yield message(batch);
    }
  }
}
