import {
  comparePositions,
  formatPosition,
  logStart,
  UndecodableEvent,
  type DomainEvent,
  type EventLog,
  type LogBatch,
  type LogFilter,
  type Position,
  type Stored,
} from '@funnel/kernel';

const batchSize = 1_000;
const firstInstant = Date.UTC(2026, 0, 5);
const second = 1_000;

/** What a reader meets whose checkpoint belongs to another log. */
export class CheckpointAheadOfLog extends Error {
  constructor(after: Position, head: Position) {
    super(`checkpoint ${formatPosition(after)} is ahead of the log, which ends at ${formatPosition(head)}`);
    this.name = 'CheckpointAheadOfLog';
  }
}

/** A log without a server. Ids, positions and instants follow from the order of appending: one event a second. */
export class MemoryLog implements EventLog {
  private readonly events: Stored[] = [];
  private readonly revisions = new Map<string, number>();
  private grown = Promise.withResolvers<void>();

  /** Puts facts behind one another into a stream; answers the position of the last one. */
  append(stream: string, ...facts: readonly DomainEvent[]): Position {
    for (const fact of facts) this.events.push({ ...this.envelope(stream), ...fact });
    this.announce();
    return this.last;
  }

  /** Puts an event into a stream whose type no code knows. */
  appendUnreadable(stream: string, type: string): Position {
    this.events.push({ ...this.envelope(stream), type, unreadable: new UndecodableEvent(type, 1) });
    this.announce();
    return this.last;
  }

  /** Makes an unreadable event readable, as a newer version of the product would. */
  teach(type: string, data: (event: Stored) => object): void {
    this.events.forEach((event, place) => {
      if (event.type !== type || !('unreadable' in event)) return;
      const { unreadable: _unreadable, ...envelope } = event;
      this.events[place] = { ...envelope, data: data(event) };
    });
  }

  async *follow({ streams, after = logStart, signal }: LogFilter): AsyncGenerator<LogBatch> {
    if (comparePositions(after, this.last) > 0) throw new CheckpointAheadOfLog(after, this.last);
    // Positions count from 1, so a position is also the number of events up to it.
    let place = Number(after.commit);
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    while (!signal.aborted) {
      const grown = this.grown.promise;
      const events = this.events.slice(place, place + batchSize);
      place += events.length;
      yield {
        events: events.filter(({ stream }) => streams.some((prefix) => stream.startsWith(prefix))),
        position: events.at(-1)?.position ?? after,
        caughtUp: place === this.events.length,
      };
      if (place === this.events.length) await Promise.race([grown, aborted]);
    }
  }

  async *readStream(stream: string, fromRevision = 0): AsyncGenerator<Stored> {
    yield* this.events.filter((event) => event.stream === stream && event.revision >= fromRevision);
  }

  async head(): Promise<Position> {
    return this.last;
  }

  /** All that was appended. */
  get recorded(): readonly Stored[] {
    return this.events;
  }

  private get last(): Position {
    return this.events.at(-1)?.position ?? logStart;
  }

  private envelope(stream: string) {
    const revision = this.revisions.get(stream) ?? 0;
    this.revisions.set(stream, revision + 1);
    const number = this.events.length + 1;
    const at = firstInstant + number * second;
    const id = `event-${number}`;
    return {
      ...{ id, stream, revision, position: { commit: BigInt(number), prepare: BigInt(number) } },
      ...{ at, recordedAt: at, actor: { user: 'rep-1', role: 'rep' as const } },
      ...{ commandId: `command-${number}`, correlationId: `command-${number}`, causationId: `command-${number}` },
      version: 1,
    };
  }

  private announce(): void {
    this.grown.resolve();
    this.grown = Promise.withResolvers();
  }
}
