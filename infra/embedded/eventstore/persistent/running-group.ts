import { toStatusError, type StatusError } from '../errors.ts';
import { parseFilter } from '../filter.ts';
import type { EventLog } from '../log/event-log.ts';
import { isHiddenFromAll } from '../log/hidden.ts';
import { metadataStreamOf } from '../log/stream-states.ts';
import { MessageReader } from '../wire/reader.ts';
import type { Connection, Consumer } from './consumer.ts';
import { Group, type Refusal } from './group.ts';
import { ParkedEvents } from './parked.ts';
import { pinning, type PinOf } from './pin.ts';
import { dropped, maximumSubscribersReached } from './refusals.ts';
import { allStream, parkedStreamOf, type GroupDefinition } from './settings.ts';
import { AllSource, StreamSource, TombstonedStream, wantedBy, type Source, type Wanted } from './source.ts';

/** Where a group stands in the log; places are revisions, or positions in a group on everything. */
export interface Standing {
  origin: number;
  checkpoint?: number;
}

/** One group at work: takes events from the log as there is room, and sends them to who is connected. */
export class RunningGroup {
  readonly definition: GroupDefinition;
  readonly origin: number;
  readonly group: Group;
  readonly parked: ParkedEvents;
  checkpoint: number | undefined;
  /** The last event that the group was given. */
  lastKnown: number | undefined;
  isLive = false;
  /** The events that came since the group caught up, up to the size of its live buffer. */
  liveCount = 0;
  #keepsUp = false;
  readonly #log: EventLog;
  readonly #source: Source;
  readonly #pinOf: PinOf;
  #fault: StatusError | undefined;
  #forgetCommits: () => void = () => {};
  #isAwake = false;
  #isClosed = false;

  constructor(log: EventLog, definition: GroupDefinition, { origin, checkpoint }: Standing) {
    const after = checkpoint ?? origin;
    this.#log = log;
    this.definition = definition;
    this.origin = origin;
    this.checkpoint = checkpoint;
    this.lastKnown = checkpoint;
    this.#source = sourceOf(log, definition, after);
    this.#pinOf = pinning(log.reader, definition.settings);
    this.parked = new ParkedEvents(log, definition);
    this.group = new Group(definition.settings, after, {
      now: () => performance.now(),
      park: (message, reason, done) =>
        this.parked.park(message, reason, (isParked) => {
          if (this.#isClosed) return;
          done(isParked);
          this.wake();
        }),
      checkpoint: (place) => this.#writeCheckpoint(place),
      replayed: (parkedAt) => this.parked.handled(parkedAt),
    });
    this.wake();
  }

  /** Throws if there are enough already. */
  connect(connection: Connection): Consumer {
    if (this.group.isFull) throw maximumSubscribersReached(this.definition);
    this.wake();
    return this.group.connect(connection);
  }

  disconnect(consumer: Consumer): void {
    this.group.disconnect(consumer);
    this.wake();
  }

  acknowledge(ids: readonly string[]): void {
    this.group.acknowledge(ids);
    this.#pushAtOnce();
  }

  refuse(ids: readonly string[], refusal: Refusal, reason: string): void {
    this.group.refuse(ids, refusal, reason);
    this.#pushAtOnce();
  }

  replayParked(stopAt?: number): void {
    this.parked.replay(stopAt);
    this.wake();
  }

  /** To be called every now and then. */
  tick(): void {
    this.group.tick();
    this.wake();
  }

  /** Something may have to be done; it will be, in this turn of the event loop, once. */
  wake(): void {
    if (this.#isAwake || this.#isClosed) return;
    this.#isAwake = true;
    setImmediate(() => {
      this.#isAwake = false;
      if (!this.#isClosed) this.#work();
    });
  }

  /** Ends the work, and tells who is connected why. */
  close(reason: StatusError): void {
    this.#isClosed = true;
    this.#forgetCommits();
    this.#dropAll(reason);
  }

  /** Each answer makes room for what waits when it is heard: what the next answer sends back does not overtake that. */
  #pushAtOnce(): void {
    this.#attempt(() => this.group.push());
    this.wake();
  }

  #work(): void {
    this.#attempt(() => {
      this.#replay();
      this.#fill();
      this.group.push();
    });
    if (this.#fault) this.#dropAll(this.#fault);
    else if (this.#canGoOn()) this.wake();
  }

  #canGoOn(): boolean {
    const { room } = this.group;
    return (this.parked.isReplaying && room > 0) || (!this.isLive && room >= this.definition.settings.readBatchSize);
  }

  #attempt(work: () => void): void {
    if (this.#fault || this.#isClosed) return;
    try {
      work();
    } catch (error) {
      this.#fault = error instanceof TombstonedStream ? dropped(this.definition) : toStatusError(error);
    }
  }

  #replay(): void {
    const limit = Math.min(this.definition.settings.readBatchSize, this.group.room);
    if (limit <= 0) return;
    for (const { link, stored } of this.parked.take(limit)) {
      const pin = this.#pinOf({ stream: link.stream, type: link.type, message: stored });
      this.group.addParked({ id: link.id, pin, stored, parkedAt: link.revision });
    }
  }

  /** One page at a time, so that others have their turn. */
  #fill(): void {
    const { readBatchSize, liveBufferSize } = this.definition.settings;
    const { room } = this.group;
    if (room >= readBatchSize) {
      for (const step of this.#source.next(this.isLive ? Math.min(room, liveBufferSize) : readBatchSize)) {
        if ('passed' in step) this.group.pass(step.place, step.passed);
        else this.#add(step);
      }
    } else if (!this.#source.isAtEnd) this.#keepsUp = false;
    this.isLive = this.#source.isAtEnd;
    if (this.isLive && !this.#keepsUp) this.liveCount = 0;
    this.#keepsUp ||= this.isLive;
    this.#forgetCommits();
    if (this.isLive) this.#forgetCommits = this.#log.tail.onNext(() => this.wake());
  }

  #add({ event, place }: Wanted): void {
    this.group.add({ id: event.id, place, pin: this.#pinOf(event), stored: event.message });
    this.lastKnown = place;
    if (this.#keepsUp) this.liveCount = Math.min(this.liveCount + 1, this.definition.settings.liveBufferSize);
  }

  #writeCheckpoint(place: number): void {
    if (this.#isClosed) return;
    this.checkpoint = place;
    // If it cannot be written, the next one says more.
    this.#log.groups.setCheckpoint(this.definition, place, () => {});
  }

  #dropAll(error: StatusError): void {
    for (const consumer of [...this.group.consumers]) {
      this.group.disconnect(consumer);
      consumer.connection.drop(error);
    }
  }
}

const sourceOf = (log: EventLog, definition: GroupDefinition, after: number): Source => {
  if (definition.stream !== allStream) return new StreamSource(log, after, definition.stream);
  const filter = definition.filter
    ? parseFilter(new MessageReader(Buffer.from(definition.filter, 'base64')))
    : undefined;
  // As the hidden streams themselves, what the group writes about its own would come back to it, and make it write more.
  const own = metadataStreamOf(parkedStreamOf(definition));
  const isHidden = (stream: string): boolean => stream === own || isHiddenFromAll(stream);
  return new AllSource(log, after, wantedBy(filter, isHidden));
};
