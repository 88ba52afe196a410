import { isWithin, reduce, type Moment, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { DealRow } from './deal-row.ts';
import { deals } from './deals.ts';

/** What of an event a deal's row depends on, and both its times. */
export type ToldOfDeal = Pick<Recorded<DealEvent>, 'type' | 'data' | 'at' | 'recordedAt' | 'revision'>;

/**
 * A deal as it stood at a moment, told from its events by the same reducer as today's; `null` before it was added, or was
 * on record. What was recorded late counts from when it happened.
 */
export const dealAt = (events: readonly ToldOfDeal[], moment: Moment): DealRow | null => {
  const addedAt = events.find(({ type }) => type === 'ProspectAdded')?.at ?? 0;
  // A contact may be older than the record of its deal; it is told after it all the same.
  const since = ({ at }: ToldOfDeal) => Math.max(at, addedAt);
  return events
    .filter((event) => isWithin(moment, { at: since(event), recordedAt: event.recordedAt }))
    .sort((one, other) => since(one) - since(other) || one.revision - other.revision)
    .reduce<DealRow | null>((row, event) => reduce(deals, row, event as Recorded<DealEvent>), null);
};
