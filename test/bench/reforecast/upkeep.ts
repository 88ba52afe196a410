import { mostWaiting, takenAtOnce, type History } from '@funnel/forecasting';
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

/** New deals at the pace at which so many came in the past. */
interface Inflow {
  readonly deals: number;
  readonly seed: number;
}

/** Facts of new deals between each other, as a log has them that goes on at the pace of the past. */
const liveFacts = ({ deals, seed }: Inflow): LiveFact[] => {
  const made = new MadeUpDeals({ from: monthEnds.at(-1)!, days: 90, seed });
  const newDeals = Math.round((deals * 3) / months);
  const told = Array.from({ length: newDeals }, (_, deal) =>
    made.next(`live${seed}-${deal}`).map((fact, revision) => ({ ...fact, deal, revision })),
  ).flat();
  return told.sort((one, other) => one.at - other.at);
};

function* liveEvents(inflow: Inflow): Generator<Live> {
  for (const [number, { at, event, deal, revision }] of liveFacts(inflow).entries()) {
    const stream = `deal-live${inflow.seed}-${deal}`;
    yield asRead(recorded(event, { stream, revision, at }, inflow.seed * 1_000_000_000 + number));
  }
}

/** Something is told once more of deals that were closed long ago. */
function* afterthoughts(deals: number): Generator<Live> {
  const made = new MadeUpDeals({ from: 0, days: 1, seed: 4 });
  for (let number = 0; number < deals / 50; number += 1) {
    const deal = made.below(deals);
    const place = { stream: `deal-d${deal}`, revision: 10, at: monthEnds.at(-1)! * 2 };
    yield asRead(recorded(made.change(`d${deal}`, 9), place, 4_000_000_000 + number));
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

/** What each time costs at which rows are asked for, and at last. As many events are read at a time as are taken at once. */
const timesAsked = (history: History, events: Iterable<Live>, askedAfter: number): Omit<Cost, 'meanRow'>[] => {
  const times: Omit<Cost, 'meanRow'>[] = [];
  // What waits from before is not to be counted.
  history.giveRows();
  let decoding: number[] = [];
  const ask = () => {
    const row = nanoseconds(decoding.length * takenAtOnce, () => history.giveRows());
    times.push({ decoding: median(decoding), row });
    decoding = [];
  };
  let some: Live[] = [];
  for (const event of events) {
    if (some.push(event) < takenAtOnce) continue;
    decoding.push(nanoseconds(takenAtOnce, () => history.addAll(some)));
    some = [];
    if (decoding.length * takenAtOnce >= askedAfter) ask();
  }
  if (decoding.length > 0) ask();
  return times;
};

/** The first ones are left out: few deals are open in them. */
const costs = (history: History, events: Iterable<Live>, askedAfter: number): Cost => {
  const times = timesAsked(history, events, askedAfter);
  const settled = times.slice(Math.floor(times.length / 6));
  const rows = settled.map(({ row }) => row);
  return {
    decoding: median(settled.map(({ decoding }) => decoding)),
    row: median(rows),
    meanRow: rows.reduce((sum, row) => sum + row, 0) / rows.length,
  };
};

/** What it costs to keep a history up with the log where nobody asks for rows, and where somebody does all the time. */
export const upkeepOf = (history: History, deals: number) => ({
  unasked: costs(history, liveEvents({ deals, seed: 2 }), mostWaiting),
  asked: costs(history, liveEvents({ deals: deals / 4, seed: 3 }), takenAtOnce),
  afterthoughts: costs(history, afterthoughts(deals), takenAtOnce),
});
