import type {
  PersistentAction,
  PersistentSubscriptionToAll,
  PersistentSubscriptionToAllResolvedEvent,
  PersistentSubscriptionToStream,
  PersistentSubscriptionToStreamResolvedEvent,
} from '@eventstore/db-client';
import { eventually } from './waiting.ts';

type Delivered = PersistentSubscriptionToStreamResolvedEvent | PersistentSubscriptionToAllResolvedEvent;

/** One consumer of a group, and everything that was delivered to it, again or not. */
export class Consumer {
  readonly delivered: Delivered[] = [];
  error: (Error & { readonly type?: string }) | undefined;
  readonly #subscription: PersistentSubscriptionToStream | PersistentSubscriptionToAll;
  #isConfirmed = false;

  constructor(subscription: PersistentSubscriptionToStream | PersistentSubscriptionToAll, { acks = true } = {}) {
    this.#subscription = subscription;
    subscription.on('confirmation', () => (this.#isConfirmed = true));
    subscription.on('error', (error: Error) => (this.error = error));
    subscription.on('data', (item: Delivered) => {
      this.delivered.push(item);
      if (acks) void this.ack(item);
    });
  }

  get types(): string[] {
    return this.delivered.map(({ event }) => event?.type ?? '');
  }

  get retries(): number[] {
    return this.delivered.map(({ retryCount }) => retryCount);
  }

  confirmed(): Promise<void> {
    return eventually('the confirmation', () => this.#isConfirmed);
  }

  fails(): Promise<void> {
    return eventually('an error', () => this.error !== undefined);
  }

  /** The delivery with that number, counted from zero, once it is there. */
  async at(index: number): Promise<Delivered> {
    await eventually(`delivery ${index}`, () => this.delivered.length > index);
    return this.delivered[index]!;
  }

  ack(...items: Delivered[]): Promise<void> {
    return this.#subscription.ack(...items);
  }

  nack(action: PersistentAction, ...items: Delivered[]): Promise<void> {
    return this.#subscription.nack(action, 'the contract says so', ...items);
  }

  leaves(): Promise<void> {
    return this.#subscription.unsubscribe();
  }
}
