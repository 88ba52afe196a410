import { takenAtOnce, Told, type History } from '@funnel/forecasting';
import type { Recorded } from '@funnel/kernel';
import type { SalesEvent } from '@funnel/sales';
import { median } from '../figures.ts';
import { recorded } from './filled-history.ts';
import { MadeUpDeals, monthEnds, months, type Fact } from './made-up-deals.ts';

type Live = Recorded<SalesEvent>;

interface LiveFact extends Fact {
  readonly deal: number;
  readonly revision: number;
}

/**
 * New and of one piece, as what was just parsed is: texts put together from pieces would be copied where they are first looked
 * at, and what was made long ago be fetched from afar.
 */
const asRead = ({ position, ...event }: Live): Live =>
  ({ ...(JSON.parse(JSON.stringify(event)) as object), position }) as Live;

/** Facts of new deals between each other, as a log has them that goes on at the pace of the past. */
const liveFacts = (deals: number): LiveFact[] => {
  const made = new MadeUpDeals({ from: monthEnds.at(-1)!, days: 90, seed: 2 });
  const newDeals = Math.round((deals * 3) / months);
  const told = Array.from({ length: newDeals }, (_, deal) =>
    made.next(`live${deal}`).map((fact, revision) => ({ ...fact, deal, revision })),
  ).flat();
  return told.sort((one, other) => one.at - other.at);
};

function* liveEvents(deals: number): Generator<Live> {
  for (const [number, { at, event, deal, revision }] of liveFacts(deals).entries()) {
    yield asRead(recorded(event, { stream: `deal-live${deal}`, revision, at }, 1_000_000_000 + number));
  }
}

/** Something is told once more of deals that were closed long ago. */
function* afterthoughts(deals: number): Generator<Live> {
  const made = new MadeUpDeals({ from: 0, days: 1, seed: 3 });
  for (let number = 0; number < deals / 50; number += 1) {
    const deal = made.below(deals);
    const place = { stream: `deal-d${deal}`, revision: 10, at: monthEnds.at(-1)! * 2 };
    yield asRead(recorded(made.change(`d${deal}`, 9), place, 2_000_000_000 + number));
  }
}

/** Nanoseconds an event: from the event as it is read to codes (whose deal, which stage), and from there to its row. */
export interface Cost {
  readonly decoding: number;
  readonly row: number;
  /** The same with what happens now and then: columns that grow, and rows that are put together again. */
  readonly meanRow: number;
}

const nanoseconds = (count: number, work: () => void): number => {
  const started = performance.now();
  work();
  return ((performance.now() - started) * 1e6) / count;
};

const costOf = (history: History, events: readonly Live[]): Omit<Cost, 'meanRow'> => {
  const told = new Told(events.length);
  const decoding = nanoseconds(events.length, () => history.decode(events, told));
  const row = nanoseconds(events.length, () => history.tell(told));
  return { decoding, row };
};

/** As many at a time as are taken at once; the first ones are left out: few deals are open in them. */
const costs = (history: History, events: Iterable<Live>): Cost => {
  const taken: Omit<Cost, 'meanRow'>[] = [];
  let some: Live[] = [];
  for (const event of events) {
    if (some.push(event) < takenAtOnce) continue;
    taken.push(costOf(history, some));
    some = [];
  }
  const settled = taken.slice(Math.floor(taken.length / 6));
  const rows = settled.map(({ row }) => row);
  return {
    decoding: median(settled.map(({ decoding }) => decoding)),
    row: median(rows),
    meanRow: rows.reduce((sum, row) => sum + row, 0) / rows.length,
  };
};

/** What it costs to keep a history up with the log. */
export const upkeepOf = (history: History, deals: number) => ({
  live: costs(history, liveEvents(deals)),
  afterthoughts: costs(history, afterthoughts(deals)),
});
