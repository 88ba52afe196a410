import type { History } from '@funnel/forecasting';
import type { Recorded } from '@funnel/kernel';
import type { SalesEvent } from '@funnel/sales';
import { recorded } from './filled-history.ts';
import { MadeUpDeals, monthEnds, months, type Fact } from './made-up-deals.ts';

const rounds = 6;

/** Events of new deals between each other, as a log has them that goes on at the pace of the past. */
const liveEvents = (deals: number): Recorded<SalesEvent>[] => {
  const made = new MadeUpDeals({ from: monthEnds.at(-1)!, days: 90, seed: 2 });
  const newDeals = Math.round((deals * 3) / months);
  const told = Array.from({ length: newDeals }, (_, deal) => {
    const stream = `deal-live${deal}`;
    return made.next(`live${deal}`).map((fact: Fact, revision) => ({ ...fact, stream, revision }));
  }).flat();
  told.sort((one, other) => one.at - other.at);
  return told.map(({ event, ...place }, number) => recorded(event, place, 1_000_000_000 + number));
};

/** Something is told once more of deals that were closed long ago. */
const afterthoughts = (deals: number): Recorded<SalesEvent>[] => {
  const made = new MadeUpDeals({ from: 0, days: 1, seed: 3 });
  return Array.from({ length: deals / 50 }, (_, number) => {
    const deal = made.below(deals);
    const place = { stream: `deal-d${deal}`, revision: 10, at: monthEnds.at(-1)! * 2 };
    return recorded(made.change(`d${deal}`, 9), place, 2_000_000_000 + number);
  });
};

/** Nanoseconds an event, round by round; the first round is left out: few deals are open in it. */
const costs = (history: History, events: readonly Recorded<SalesEvent>[]): number[] => {
  const size = Math.floor(events.length / rounds);
  const taken = Array.from({ length: rounds }, (_, round) => {
    const some = events.slice(round * size, (round + 1) * size);
    const started = performance.now();
    for (const event of some) history.add(event);
    return ((performance.now() - started) * 1e6) / size;
  });
  return taken.slice(1);
};

/** What it costs to keep a history up with the log, in nanoseconds an event. */
export const upkeepOf = (history: History, deals: number) => ({
  live: costs(history, liveEvents(deals)),
  afterthoughts: costs(history, afterthoughts(deals)),
});
