import { randomUUID } from 'node:crypto';
import { Commits } from './commits.ts';
import { streamDeleted } from './errors.ts';
import type { EventFilter } from './filter.ts';
import type { EventLog } from './log/event-log.ts';
import { isHiddenFromAll } from './log/hidden.ts';
import type { Page, StreamStanding } from './log/reader.ts';
import { subjectOf } from './log/record.ts';
import type { CommittedEvent } from './log/tail.ts';
import type { Outbox } from './outbox.ts';
import type { Present } from './presentation.ts';
import type { ReadRequest } from './read-request.ts';
import { encode } from './wire/writer.ts';

export interface SubscriptionRequest {
  log: EventLog;
  request: ReadRequest;
  outbox: Outbox;
  present: Present;
}

/** Sends what there is after the given place, and then what comes, until the client goes. */
export const subscribe = async (subscription: SubscriptionRequest): Promise<void> => {
  const { request, outbox } = subscription;
  const source =
    request.stream === undefined ? new AllSource(subscription) : new StreamSource(subscription, request.stream);
  await outbox.send(encode((answer) => answer.message(2, (confirmation) => confirmation.text(1, randomUUID()))));
  const commits = new Commits({ tail: subscription.log.tail, outbox });
  let isLive = false;
  while (!outbox.isClosed) {
    const events = source.live();
    if (!events) {
      // Nobody is told that a subscription fell behind: the real server keeps that to itself.
      if (isLive) await source.sendCheckpoint();
      isLive = false;
      await source.catchUp();
    } else if (events.length > 0) await source.sendLive(events);
    else if (isLive) await commits.next();
    else {
      isLive = true;
      await source.sendCheckpoint();
      await outbox.send(caughtUp);
    }
  }
};

const caughtUp = encode((answer) => answer.message(8));

/** Where the events of a subscription come from: the database while it catches up, memory while it is live. */
interface Source {
  /** What is in memory after the last event considered; undefined if that is not in memory any more. */
  live(): CommittedEvent[] | undefined;
  sendLive(events: CommittedEvent[]): Promise<void>;
  /** Sends one page from the database. */
  catchUp(): Promise<void>;
  /** Says how far it has come, if the subscription is one that wants to know. */
  sendCheckpoint(): Promise<void> | undefined;
}

class AllSource implements Source {
  readonly #subscription: SubscriptionRequest;
  readonly #filter: EventFilter | undefined;
  /** The last position considered. */
  #cursor: number;
  #checkpoint: number;
  #consideredSinceCheckpoint = 0;

  constructor(subscription: SubscriptionRequest) {
    const { log, request } = subscription;
    this.#subscription = subscription;
    this.#filter = request.filter;
    const from = request.from === 'start' ? 0 : request.from;
    this.#cursor = from === 'end' ? log.tail.last : from;
    this.#checkpoint = this.#cursor;
  }

  live(): CommittedEvent[] | undefined {
    return this.#subscription.log.tail.after(this.#cursor);
  }

  async sendLive(events: CommittedEvent[]): Promise<void> {
    for (const event of events) {
      if (this.#subscription.outbox.isClosed) return;
      const isShown = !isHiddenFromAll(event.stream);
      const room = this.#consider(event, isShown && (!this.#filter || this.#filter.matches(event[this.#filter.on])));
      if (room) await room;
    }
  }

  async catchUp(): Promise<void> {
    const { log, outbox } = this.#subscription;
    const { isShownInAll } = log.reader;
    for (const event of log.reader.allForwards(this.#cursor + 1).events) {
      if (outbox.isClosed) return;
      const isMatch = !this.#filter || this.#filter.matches(subjectOf(event.message, this.#filter.on));
      const room = this.#consider(event, isMatch && isShownInAll(event.message));
      if (room) await room;
    }
  }

  /** If the result is a promise, wait for it before the next event. */
  #consider({ position, message }: Page['events'][number], isWanted: boolean): Promise<void> | undefined {
    const { outbox, present } = this.#subscription;
    this.#cursor = position;
    const room = isWanted ? outbox.send(present(message)) : undefined;
    if (!this.#filter || ++this.#consideredSinceCheckpoint < this.#filter.checkpointInterval) return room;
    return room ? room.then(() => this.sendCheckpoint()) : this.sendCheckpoint();
  }

  /** Of a filtered subscription; never the same twice. */
  sendCheckpoint(): Promise<void> | undefined {
    this.#consideredSinceCheckpoint = 0;
    if (!this.#filter || this.#cursor <= this.#checkpoint) return undefined;
    this.#checkpoint = this.#cursor;
    const position = this.#cursor;
    return this.#subscription.outbox.send(
      encode((answer) => answer.message(3, (checkpoint) => checkpoint.number(1, position).number(2, position))),
    );
  }
}

class StreamSource implements Source {
  readonly #subscription: SubscriptionRequest;
  readonly #stream: string;
  /** The last revision considered. */
  #revision: number;
  /** Up to here, all of the log was considered; undefined while there are pages left in the database. */
  #position: number | undefined;

  constructor(subscription: SubscriptionRequest, stream: string) {
    const { from } = subscription.request;
    this.#subscription = subscription;
    this.#stream = stream;
    const standing = subscription.log.reader.standing(stream);
    if (standing.kind === 'tombstoned') throw streamDeleted(stream);
    if (from === 'end') this.#position = subscription.log.tail.last;
    this.#revision = from === 'start' ? -1 : from === 'end' ? lastOf(standing) : from;
  }

  live(): CommittedEvent[] | undefined {
    return this.#position === undefined ? undefined : this.#subscription.log.tail.after(this.#position);
  }

  async sendLive(events: CommittedEvent[]): Promise<void> {
    const { outbox, present } = this.#subscription;
    for (const event of events) {
      this.#position = event.position;
      if (event.stream !== this.#stream || event.revision <= this.#revision) continue;
      this.#revision = event.revision;
      const room = outbox.send(present(event.message));
      if (room) await room;
      if (event.type === '$streamDeleted') throw streamDeleted(this.#stream);
      if (outbox.isClosed) return;
    }
  }

  async catchUp(): Promise<void> {
    const { log, outbox, present } = this.#subscription;
    // All in one step, so that whatever the page does not show comes later, or is hidden.
    const page = log.reader.streamForwards(this.#stream, this.#revision + 1);
    const standing = log.reader.standing(this.#stream);
    if (standing.kind === 'tombstoned') throw streamDeleted(this.#stream);
    this.#position = page.next === undefined ? log.tail.last : undefined;
    const considered = page.next === undefined ? lastOf(standing) : page.next - 1;
    this.#revision = Math.max(this.#revision, considered);
    for (const { message } of page.events) {
      if (outbox.isClosed) return;
      const room = outbox.send(present(message));
      if (room) await room;
    }
  }

  sendCheckpoint(): undefined {}
}

const lastOf = (standing: StreamStanding): number => (standing.kind === 'readable' ? standing.last : -1);
