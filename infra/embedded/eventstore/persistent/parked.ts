import { randomUUID } from 'node:crypto';
import type { EventLog } from '../log/event-log.ts';
import { decodeReadEvent, revisionOnTheWire, type RecordedEvent } from '../log/record.ts';
import { truncatedBefore } from '../log/retention.ts';
import { metadataStreamOf } from '../log/stream-states.ts';
import { linkedEvent, linkType } from '../presentation.ts';
import type { Message } from './consumer.ts';
import { parkedStreamOf, type GroupDefinition } from './settings.ts';

/** A link to an event that was put aside. */
export interface ParkedEvent {
  link: RecordedEvent;
  stored: Buffer;
}

/**
 * The events that a group has put aside: links in a stream of their own. Replayed ones are removed from it when all of
 * them have been handled or put aside once more, so none is lost if the server ends in between.
 */
export class ParkedEvents {
  readonly #log: EventLog;
  readonly #definition: GroupDefinition;
  readonly #stream: string;
  /** The revision to be replayed next. */
  #next = 0;
  /** The revision before which the replay ends. */
  #stop = 0;
  readonly #inReplay = new Set<number>();

  constructor(log: EventLog, definition: GroupDefinition) {
    this.#log = log;
    this.#definition = definition;
    this.#stream = parkedStreamOf(definition);
  }

  /** How many wait to be replayed. */
  get count(): number {
    const { first, end } = this.#range();
    return end - first;
  }

  get isReplaying(): boolean {
    return this.#next < this.#stop;
  }

  park(message: Message, reason: string, done: (isParked: boolean) => void): void {
    const event = decodeReadEvent(message.stored);
    const isResolved =
      event.type === linkType && (this.#definition.settings.resolveLinks || message.parkedAt !== undefined);
    const metadata = { added: new Date().toISOString(), reason, subscriptionEventNumber: event.revision };
    const link = {
      id: randomUUID(),
      type: linkType,
      isJson: false,
      data: isResolved ? event.data : Buffer.from(`${revisionOnTheWire(event.revision)}@${event.stream}`),
      metadata: Buffer.from(JSON.stringify(metadata)),
    };
    this.#log.append({ stream: this.#stream, expected: 'any', events: [link] }, ({ kind }) => done(kind === 'written'));
  }

  /** Begins to replay: what was put aside before this revision of the stream, or all that there is now. */
  replay(stopAt = Infinity): void {
    const { first, end } = this.#range();
    this.#next = first;
    this.#stop = Math.max(this.#stop, Math.min(stopAt, end));
  }

  /** The next ones to be replayed. Links to what is gone are left out. */
  take(limit: number): ParkedEvent[] {
    if (!this.isReplaying) return [];
    const page = this.#log.reader.streamForwards(this.#stream, this.#next, Math.min(limit, this.#stop - this.#next));
    this.#next = Math.min(page.next ?? this.#stop, this.#stop);
    const events = page.events
      .map(({ message }) => ({ link: decodeReadEvent(message), stored: message }))
      .filter(({ link }) => link.type !== linkType || linkedEvent(this.#log.reader, link) !== undefined);
    for (const { link } of events) this.#inReplay.add(link.revision);
    this.#truncate();
    return events;
  }

  /** One that was replayed needs to be kept no longer. */
  handled(revision: number): void {
    this.#inReplay.delete(revision);
    this.#truncate();
  }

  remove(): void {
    this.#log.delete(this.#stream, 'any', () => {});
  }

  #range(): { first: number; end: number } {
    const standing = this.#log.reader.standing(this.#stream);
    if (standing.kind !== 'readable') return { first: this.#next, end: this.#next };
    const end = standing.last + 1;
    return { first: Math.min(Math.max(this.#next, standing.first), end), end };
  }

  #truncate(): void {
    if (this.isReplaying || this.#inReplay.size > 0) return;
    const data = truncatedBefore(this.#next);
    const event = { id: randomUUID(), type: '$metadata', isJson: true, data, metadata: new Uint8Array(0) };
    this.#log.append({ stream: metadataStreamOf(this.#stream), expected: 'any', events: [event] }, () => {});
  }
}
