import type { EventStore } from '@funnel/event-store';
import { formatPosition, type LogBatch, type Position } from '@funnel/kernel';
import { hello, orQuiet, stillHere } from './streams.ts';

export interface Watching {
  /** Exclusive. */
  readonly after: Position;
  /** Resolves once the views show what came up to a position, or to `false` when they do not for long. */
  readonly shown: (position: Position) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Whoever sees that so many of a kind changed reads again all that these concern. */
const namedOfAKind = 100;

/** What changed up to a position. */
interface Change {
  readonly streams: ReadonlySet<string>;
  readonly count: number;
  readonly position: Position;
}

/** What a batch changed, and what the views did not show before it. */
const changeOf = ({ events, position }: LogBatch, overdue: Change | undefined): Change => ({
  streams: new Set([...(overdue?.streams ?? []), ...events.map(({ stream }) => stream)]),
  count: events.length,
  position,
});

const message = ({ streams: changed, count, position }: Change): string => {
  const kinds = Map.groupBy(changed, (stream) => stream.split('-', 1)[0]);
  const streams = [...kinds.values()].flatMap((ofAKind) => ofAKind.slice(0, namedOfAKind));
  return `id: ${formatPosition(position)}\ndata: ${JSON.stringify({ streams, count })}\n\n`;
};

/**
 * Server-sent events that name what changed, batch by batch as the views take it in, until the signal aborts. What the views
 * did not show in time is told all the same, and once more when they do: who asked at once was answered without it.
 */
export async function* changes(
  store: Pick<EventStore, 'follow'>,
  { after, shown, signal }: Watching,
): AsyncGenerator<string> {
  yield hello;
  let overdue: Change | undefined;
  for await (const batch of orQuiet(store.follow({ streams: [], after, signal }), signal)) {
    if (batch === 'quiet') {
      if (overdue && (await shown(overdue.position))) {
        yield message(overdue);
        overdue = undefined;
      } else yield stillHere;
    } else if (batch.events.length > 0) {
      const change = changeOf(batch, overdue);
      overdue = (await shown(change.position)) ? undefined : change;
      yield message(change);
    }
  }
}
