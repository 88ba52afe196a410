import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import { comparePositions, type EventTypes, type LogBatch, type Position, type Stored } from '@funnel/kernel';
import { isSystem, toStored } from './envelope.ts';

/**
 * What a subscription says beside events. It travels through the same buffer, so that it takes effect after the events
 * that came before it.
 */
export type Sign = { readonly upTo: Position } | { readonly live: boolean };
export type Item = AllStreamResolvedEvent | Sign;

/** How far a subscription has come, and whether it stands at the live edge. */
export class Progress {
  readonly #types: EventTypes;
  readonly #endAtStart: Position;
  #position: Position;
  #live = false;

  /** `after`: where it begins; `endAtStart`: where the log ended before that. */
  constructor(types: EventTypes, { after, endAtStart }: { after: Position; endAtStart: Position }) {
    this.#types = types;
    this.#position = after;
    this.#endAtStart = endAtStart;
  }

  /** What these items amount to; `undefined` when they say nothing new. */
  batch(items: readonly Item[], isAll: boolean): LogBatch | undefined {
    const [from, wasLive] = [this.#position, this.#live];
    const events: Stored[] = [];
    for (const item of items) this.#take(item, events);
    const isNews = events.length > 0 || this.#live !== wasLive || comparePositions(this.#position, from) > 0;
    return isNews ? { events, position: this.#position, caughtUp: this.#live && isAll } : undefined;
  }

  #take(item: Item, events: Stored[]): void {
    if ('upTo' in item) this.#advance(item.upTo);
    else if ('live' in item) this.#turn(item.live);
    else if (item.event && this.#advance(item.event.position) && !isSystem(item.event)) {
      events.push(toStored(this.#types, item.event));
    }
  }

  #turn(live: boolean): void {
    this.#live = live;
    // At the live edge everything that was there before has been looked at, whatever the filter left of it.
    if (live) this.#advance(this.#endAtStart);
  }

  #advance(position: Position): boolean {
    const isAhead = comparePositions(position, this.#position) > 0;
    if (isAhead) this.#position = position;
    return isAhead;
  }
}
