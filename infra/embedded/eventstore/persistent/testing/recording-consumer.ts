import type { PersistentSubscriptionBase, ResolvedEvent } from '@eventstore/db-client';
import { eventually } from '../../testing/waiting.ts';

type Delivered = ResolvedEvent & { retryCount: number };
type Refusal = 'park' | 'retry' | 'skip' | 'stop';

/** A consumer that notes what it is sent, and acknowledges it at once if told to. */
export class RecordingConsumer {
  readonly events: Delivered[] = [];
  error: (Error & { type: string; streamName?: string; groupName?: string }) | undefined;
  isConfirmed = false;
  readonly #subscription: PersistentSubscriptionBase<Delivered>;

  constructor(subscription: PersistentSubscriptionBase<Delivered>, { acks = false } = {}) {
    this.#subscription = subscription;
    subscription.on('confirmation', () => (this.isConfirmed = true));
    subscription.on('error', (error) => (this.error = error as typeof this.error));
    subscription.on('data', (event: Delivered) => {
      this.events.push(event);
      if (acks) void this.ack(event);
    });
  }

  get types(): string[] {
    return this.events.map(({ event }) => event!.type);
  }

  get revisions(): number[] {
    return this.events.map(({ event }) => Number(event!.revision));
  }

  get retries(): number[] {
    return this.events.map(({ retryCount }) => retryCount);
  }

  ack(...events: Delivered[]): Promise<void> {
    return this.#subscription.ack(...events);
  }

  nack(refusal: Refusal, ...events: Delivered[]): Promise<void> {
    return this.#subscription.nack(refusal, 'because', ...events);
  }

  /** What came as number `index`, counted from 0, once it is there. */
  async at(index: number): Promise<Delivered> {
    await this.hears(index + 1);
    return this.events[index]!;
  }

  hears(count: number): Promise<void> {
    return eventually(() => this.events.length >= count, `${count} events`);
  }

  confirmed(): Promise<void> {
    return eventually(() => this.isConfirmed, 'a confirmation');
  }

  failed(type: string): Promise<void> {
    return eventually(() => this.error?.type === type, `the error ${type}`);
  }

  /** Afterwards nothing is on its way any more. */
  leave(): Promise<void> {
    return this.#subscription.unsubscribe();
  }
}
