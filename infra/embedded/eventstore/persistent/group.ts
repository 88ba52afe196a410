import { Consumer, type Connection, type Message } from './consumer.ts';
import { Progress } from './progress.ts';
import { RetryQueue } from './retry-queue.ts';
import type { GroupSettings } from './settings.ts';
import { createStrategy, type Strategy } from './strategy.ts';

/** What a client wants done with an event that it did not handle. */
export type Refusal = 'unknown' | 'park' | 'retry' | 'skip' | 'stop';

/** What a group has done by others. */
export interface GroupEffects {
  /** Milliseconds, from any moment on. */
  now(): number;
  /** Puts the event aside, and says afterwards whether that worked. */
  park(message: Message, reason: string, done: (isParked: boolean) => void): void;
  /** Everything up to this place was handled; to be remembered. */
  checkpoint(place: number): void;
  /** An event that had been parked was handled, or parked again. */
  replayed(parkedAt: number): void;
}

interface InFlight {
  message: Message;
  consumer: Consumer;
  sentAt: number;
}

/** Large events wait in the log rather than in memory. */
const maxFreshBytes = 16 * 1024 * 1024;

/**
 * The events of one group between the log and its consumers: what waits, what is with whom, what comes again. Holds no
 * more than the buffers of the settings and of the consumers allow.
 */
export class Group {
  readonly #settings: GroupSettings;
  readonly #effects: GroupEffects;
  readonly #strategy: Strategy<Consumer>;
  readonly #progress: Progress;
  readonly #fresh = new Set<Message>();
  #freshBytes = 0;
  readonly #retries = new RetryQueue();
  /** By id, the one sent first in front. */
  readonly #inFlight = new Map<string, InFlight>();
  readonly #consumers = new Set<Consumer>();
  total = 0;

  /** Everything up to the place `after` was handled already. */
  constructor(settings: GroupSettings, after: number, effects: GroupEffects) {
    this.#settings = settings;
    this.#effects = effects;
    this.#strategy = createStrategy(settings.strategy);
    this.#progress = new Progress(settings, after);
  }

  get consumers(): ReadonlySet<Consumer> {
    return this.#consumers;
  }

  get counts(): { fresh: number; retries: number; inFlight: number } {
    return { fresh: this.#fresh.size, retries: this.#retries.size, inFlight: this.#inFlight.size };
  }

  get isFull(): boolean {
    const { maxSubscriberCount } = this.#settings;
    return maxSubscriberCount > 0 && this.#consumers.size >= maxSubscriberCount;
  }

  /** How many more events may wait. */
  get room(): number {
    if (this.#freshBytes >= maxFreshBytes) return 0;
    return this.#settings.historyBufferSize - this.#fresh.size - this.#retries.size;
  }

  /** The next event of the log. */
  add(event: Pick<Message, 'id' | 'pin' | 'stored'> & { place: number }): void {
    this.#freshBytes += event.stored.length;
    this.#fresh.add({ ...event, number: this.#progress.begin(event.place), retries: 0 });
  }

  /** So many events of the log, up to this place, are not for this group. */
  pass(place: number, count: number): void {
    this.#progress.pass(place, count);
    this.#checkpoint(false);
  }

  /** An event that was parked and shall be handled once more. */
  addParked(event: Pick<Message, 'id' | 'pin' | 'stored'> & { parkedAt: number }): void {
    this.#retries.add({ ...event, retries: 0 });
  }

  connect(connection: Connection): Consumer {
    const consumer = new Consumer(connection, this.#settings.extraStatistics);
    this.#consumers.add(consumer);
    this.#strategy.add(consumer);
    return consumer;
  }

  /** What the consumer leaves unacknowledged goes to others. */
  disconnect(consumer: Consumer): void {
    if (!this.#consumers.delete(consumer)) return;
    for (const entry of [...this.#inFlight.values()]) {
      if (entry.consumer !== consumer) continue;
      this.#release(entry);
      this.#sendAgain(entry.message);
    }
    this.#strategy.remove(consumer);
  }

  /** Ids that are with nobody are ignored. */
  acknowledge(ids: readonly string[]): void {
    for (const id of ids) {
      const entry = this.#inFlight.get(id);
      if (!entry) continue;
      this.#release(entry);
      this.#finish(entry.message);
    }
    this.#checkpoint(false);
  }

  refuse(ids: readonly string[], refusal: Refusal, reason: string): void {
    for (const id of ids) {
      const entry = this.#inFlight.get(id);
      if (!entry) continue;
      this.#release(entry);
      if (refusal === 'park') this.#park(entry.message, `Client explicitly NAK'ed message.\n${reason}`);
      else if (refusal === 'retry' || refusal === 'unknown') this.#sendAgainOrPark(entry.message);
      else this.#finish(entry.message);
    }
    this.#checkpoint(false);
  }

  /** Takes back what was acknowledged too late, and looks whether it is time for a checkpoint. */
  tick(): void {
    const { messageTimeout } = this.#settings;
    const latest = messageTimeout > 0 ? this.#effects.now() - messageTimeout : -Infinity;
    for (const entry of this.#inFlight.values()) {
      if (entry.sentAt > latest) break;
      this.#release(entry);
      this.#sendAgainOrPark(entry.message);
    }
    this.#checkpoint(true);
  }

  /** Sends what waits to those who can take it, retries first. */
  push(): void {
    if (this.#retries.size > 0) this.#pushFrom(this.#retries);
    this.#pushFrom(this.#fresh);
  }

  #pushFrom(waiting: RetryQueue | Set<Message>): void {
    for (const message of waiting) {
      if (!this.#hasRoomAnywhere()) return;
      // The same id again, elsewhere in the log: an acknowledgement must not mean two events.
      const consumer = this.#inFlight.has(message.id) ? undefined : this.#strategy.choose(message.pin);
      if (!consumer) continue;
      waiting.delete(message);
      if (waiting === this.#fresh) this.#freshBytes -= message.stored.length;
      this.#send(message, consumer);
    }
  }

  #hasRoomAnywhere(): boolean {
    for (const consumer of this.#consumers) if (consumer.hasRoom) return true;
    return false;
  }

  #send(message: Message, consumer: Consumer): void {
    this.#inFlight.set(message.id, { message, consumer, sentAt: this.#effects.now() });
    consumer.inFlight++;
    consumer.total++;
    this.total++;
    consumer.connection.send(message);
  }

  #release({ message, consumer, sentAt }: InFlight): void {
    this.#inFlight.delete(message.id);
    this.#strategy.release(message.pin, consumer);
    consumer.inFlight--;
    consumer.latencies?.add(this.#effects.now() - sentAt);
  }

  #sendAgain(message: Message): void {
    message.retries++;
    this.#retries.add(message);
  }

  #sendAgainOrPark(message: Message): void {
    const { maxRetryCount } = this.#settings;
    if (message.retries < maxRetryCount) this.#sendAgain(message);
    else this.#park(message, `Reached retry count of ${maxRetryCount}`);
  }

  #park(message: Message, reason: string): void {
    this.#effects.park(message, reason, (isParked) => {
      if (isParked) this.#finish(message);
      else this.#retries.add(message);
      this.#checkpoint(false);
    });
  }

  #finish(message: Message): void {
    if (message.number !== undefined) this.#progress.finish(message.number);
    if (message.parkedAt !== undefined) this.#effects.replayed(message.parkedAt);
  }

  #checkpoint(isTick: boolean): void {
    const place = this.#progress.checkpoint(this.#effects.now(), isTick);
    if (place !== undefined) this.#effects.checkpoint(place);
  }
}
