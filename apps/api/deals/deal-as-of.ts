import type { EventStore } from '@funnel/event-store';
import { isReadable, reduce, type Recorded } from '@funnel/kernel';
import { dealStream, type DealEvent } from '@funnel/sales';
import { deals, type DealRow } from '@funnel/sales-views';

/**
 * A deal as it stood at a past instant, told from its events by the same reducer as today's; `null` before it was added.
 * What was recorded late counts from when it happened.
 */
export const dealAsOf = async (store: EventStore, dealId: string, asOf: number): Promise<DealRow | null> => {
  const events: Recorded<DealEvent>[] = [];
  for await (const event of store.readStream(dealStream(dealId))) {
    if (!isReadable(event)) throw event.unreadable;
    events.push(event as Recorded<DealEvent>);
  }
  const addedAt = events[0]?.at ?? 0;
  // A contact may be older than the record of its deal; it is told after it all the same.
  const since = ({ at }: Recorded) => Math.max(at, addedAt);
  return events
    .filter((event) => since(event) <= asOf)
    .sort((one, other) => since(one) - since(other))
    .reduce<DealRow | null>((row, event) => reduce(deals, row, event), null);
};
