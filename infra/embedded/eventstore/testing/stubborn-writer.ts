import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { ANY, jsonEvent, NO_STREAM, type AppendToStreamOptions, type EventData } from '@eventstore/db-client';

/** How a writer appends. */
export interface Manner {
  /** Events in one append. */
  group: number;
  /** Does not say which revision it expects, so the server must know the events again by their ids. */
  expectsAny?: boolean;
  /** By the call for one append alone, instead of the one that all share. */
  isClassic?: boolean;
}

/**
 * Appends group after group to a stream of its own and keeps what was acknowledged. What got no answer because the
 * server was gone is sent again, the same events, before anything else.
 */
export class StubbornWriter {
  readonly stream = `writer-${randomUUID()}`;
  readonly acknowledged: string[] = [];
  readonly #manner: Manner;
  #unanswered: EventData[] | undefined;

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  /** Ends when the server is gone. Rejects if it answers anything but what it must. */
  async writeUntilGone(into: EventStoreDBClient): Promise<void> {
    for (;;) {
      this.#unanswered ??= Array.from({ length: this.#manner.group }, () => jsonEvent({ type: 'Written', data: {} }));
      try {
        await this.finish(into);
      } catch (error) {
        if (error instanceof Wrong || (error as { type?: string }).type === 'wrong-expected-version') throw error;
        return;
      }
    }
  }

  /** Sends what has no answer yet, if there is something. */
  async finish(into: EventStoreDBClient): Promise<void> {
    if (!this.#unanswered) return;
    const ids = this.#unanswered.map(({ id }) => id);
    const { nextExpectedRevision } = await into.appendToStream(this.stream, this.#unanswered, this.#options());
    const last = this.acknowledged.length + ids.length - 1;
    if (Number(nextExpectedRevision) !== last)
      throw new Wrong(`${this.stream} should end at ${last}, not at ${nextExpectedRevision}`);
    this.acknowledged.push(...ids);
    this.#unanswered = undefined;
  }

  #options(): AppendToStreamOptions {
    const written = this.acknowledged.length;
    const exactly = written === 0 ? NO_STREAM : BigInt(written - 1);
    return {
      expectedRevision: this.#manner.expectsAny ? ANY : exactly,
      // The client uses the classic call if it has something to say about this append alone.
      credentials: this.#manner.isClassic ? { username: 'writer', password: 'none' } : undefined,
    };
  }
}

/** An answer that no server may give. */
class Wrong extends Error {}
