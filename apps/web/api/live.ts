import type { QueryClient } from '@tanstack/react-query';
import { refreshAll } from './catching-up.ts';
import { connection } from './connection.ts';

/** Changes come faster than people read; what is on the screen is brought up to date at most so often, in milliseconds. */
const quietMs = 400;
const retryMs = 5_000;

interface Change {
  readonly streams: readonly string[];
}

/** Gathers changes and brings up to date what they concern, one round at a time. */
class Refresher {
  private readonly streams = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;

  constructor(private readonly client: QueryClient) {}

  note(streams: readonly string[]): void {
    for (const stream of streams) this.streams.add(stream);
    // The first change is shown at once; those that follow closely wait for their turn.
    this.timer ??= setTimeout(() => void this.ask(), this.isAsking ? quietMs : 0);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async ask(): Promise<void> {
    const streams = [...this.streams];
    this.streams.clear();
    this.isAsking = true;
    await refreshAll(this.client, streams);
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    this.isAsking = false;
    this.timer = undefined;
    if (this.streams.size > 0) this.note([]);
  }
}

/** Follows what changes elsewhere until the answer is called. After a gap everything is asked for anew. */
export const followChanges = (client: QueryClient): (() => void) => {
  const refresher = new Refresher(client);
  let source: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  let wasLost = false;
  const connect = (): void => {
    source = new EventSource('/api/changes');
    source.onopen = () => {
      connection.tell('live');
      if (wasLost) void client.invalidateQueries();
      wasLost = false;
    };
    source.onerror = () => {
      connection.tell('lost');
      wasLost = true;
      // After a refusal the browser gives up for good; after a broken line it comes back by itself.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, retryMs);
    };
    source.onmessage = ({ data }: MessageEvent<string>) => refresher.note((JSON.parse(data) as Change).streams);
  };
  connect();
  return () => {
    clearTimeout(again);
    refresher.stop();
    source.close();
    connection.tell('connecting');
  };
};
