import { History, takenAtOnce } from '@funnel/forecasting';
import type { Recorded } from '@funnel/kernel';
import type { SalesEvent } from '@funnel/sales';
import { definition, MadeUpDeals, start, wholePast } from './made-up-deals.ts';

type Place = Pick<Recorded, 'stream' | 'revision' | 'at'>;

/** An id that is told by a number. */
const idOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** An event as the log has it: recorded when it happened. */
export const recorded = (event: SalesEvent, place: Place, number: number): Recorded<SalesEvent> =>
  ({
    ...event,
    ...{ ...place, id: idOf(number), recordedAt: place.at, version: 1 },
    ...{ commandId: idOf(number), correlationId: idOf(number), causationId: idOf(number) },
    ...{ position: { commit: 0n, prepare: 0n }, actor: { user: 'anna', role: 'rep' } },
  }) as Recorded<SalesEvent>;

/**
 * Events of made-up deals, one deal after the other in the order in which they are added, as a log has them; the funnel's
 * definition first.
 */
export function* eventsOf(deals: number): Generator<Recorded<SalesEvent>> {
  yield recorded({ type: 'FunnelDefined', data: definition }, { stream: 'funnel-f', revision: 0, at: start }, 0);
  const made = new MadeUpDeals();
  let number = 0;
  for (let deal = 0; deal < deals; deal += 1) {
    const stream = `deal-d${deal}`;
    const day = Math.floor((deal / deals) * wholePast.days);
    for (const [revision, { at, event }] of made.next(`d${deal}`, day).entries()) {
      yield recorded(event, { stream, revision, at }, (number += 1));
    }
  }
}

/** Straight into the columns: no event is kept. */
export const filledHistory = (deals: number): History => {
  const history = new History();
  let some: Recorded<SalesEvent>[] = [];
  for (const event of eventsOf(deals)) {
    if (some.push(event) < takenAtOnce) continue;
    history.addAll(some);
    some = [];
  }
  history.addAll(some);
  return history;
};
