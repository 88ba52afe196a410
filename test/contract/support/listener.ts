import type { AllStreamSubscription, Position, RecordedEvent, StreamSubscription } from '@eventstore/db-client';
import { compare } from './events.ts';
import { eventually } from './waiting.ts';

type Subscription = AllStreamSubscription | StreamSubscription;

/** Everything that a subscription says, in the order it says it. */
export class Listener {
  /** Types of events, and `confirmation`, `caughtUp`, `fellBehind`. */
  readonly heard: string[] = [];
  readonly events: RecordedEvent[] = [];
  readonly checkpoints: Position[] = [];
  error: (Error & { readonly type?: string }) | undefined;
  #subscription: Subscription | undefined;

  /** To be given to a filter, before the subscription is made. */
  readonly checkpointReached = (_: unknown, position: Position): void => {
    this.checkpoints.push(position);
  };

  to(subscription: Subscription): this {
    this.#subscription = subscription;
    for (const sign of ['confirmation', 'caughtUp', 'fellBehind'] as const) {
      (subscription as AllStreamSubscription).on(sign as 'caughtUp', () => this.heard.push(sign));
    }
    subscription.on('error', (error: Error) => (this.error = error));
    subscription.on('data', ({ event }: { event?: unknown }) => {
      const recorded = event as RecordedEvent;
      this.heard.push(recorded.type);
      this.events.push(recorded);
    });
    return this;
  }

  get revisions(): number[] {
    return this.events.map(({ revision }) => Number(revision));
  }

  hears(what: string): Promise<void> {
    return eventually(`hearing ${what}`, () => this.heard.includes(what));
  }

  hearsEvents(count: number): Promise<void> {
    return eventually(`hearing ${count} events`, () => this.events.length >= count);
  }

  reachesCheckpointBehind(position: Position): Promise<void> {
    return eventually('a checkpoint behind the position', () =>
      this.checkpoints.some((at) => compare(at, position) > 0),
    );
  }

  async leaves(): Promise<void> {
    await this.#subscription?.unsubscribe();
  }
}
