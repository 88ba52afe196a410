import { parseInstant, wholeWeight, type Recorded } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import { eventsOf } from './filled-history.ts';
import { answerKey, graceMs, horizonMs, question, type Answer } from './question.ts';

/** Events as an export has them, a line each: what somebody has who keeps events and no columns. */
export const jsonLines = (deals: number): string[] =>
  Array.from(eventsOf(deals), ({ position: _, ...event }) => JSON.stringify(event));

interface Standing {
  status: 'open' | 'won' | 'lost';
  stage: string;
  owner: string | null;
  minor: number;
  due: number;
  weight: number | null;
}

interface Sums {
  count: number;
  amount: number;
  forecast: number;
  realized: number;
}

/** Of a deal that stood open at a period end: what came of it is known only at the horizon. */
interface Pending {
  readonly sums: Sums;
  readonly until: number;
}

const stood = (standing: Standing, event: DealEvent): void => {
  switch (event.type) {
    case 'StageAdvanced':
      standing.stage = event.data.to;
      break;
    case 'OwnerReassigned':
      standing.owner = event.data.to;
      break;
    case 'DealValued':
      standing.minor = event.data.amount?.minor ?? standing.minor;
      break;
    case 'NextStepSet':
      standing.due = event.data.step.dueAt === null ? Infinity : (parseInstant(event.data.step.dueAt) ?? Infinity);
      break;
    case 'NextStepCompleted':
      standing.due = -Infinity;
      break;
    case 'WeightOverridden':
      standing.weight = Math.round(event.data.weight * wholeWeight);
      break;
    default:
      closed(standing, event);
  }
};

const closed = (standing: Standing, event: DealEvent): void => {
  switch (event.type) {
    case 'DealWon':
      standing.status = 'won';
      standing.minor = event.data.amount.minor;
      break;
    case 'DealLost':
      standing.status = 'lost';
      break;
    case 'DealReopened':
      standing.status = 'open';
      standing.stage = event.data.stage;
  }
};

/** The figures of all deals, folded event by event in the order of the lines: those of one deal by business time. */
class Fold {
  readonly #sums = new Map<string, Sums>();
  readonly #deals = new Map<string, { standing: Standing; period: number; pending: Pending[] }>();

  add(event: Recorded<DealEvent>): void {
    if (event.type === 'ProspectAdded') return this.#begin(event);
    const deal = this.#deals.get(event.data.dealId);
    if (!deal) return;
    const { standing } = deal;
    const { ends } = question;
    for (; deal.period < ends.length && ends[deal.period]! < event.at; deal.period += 1) {
      if (standing.status === 'open') deal.pending.push(this.#count(standing, deal.period));
    }
    deal.pending = this.#settled(standing, deal.pending, event.at);
    stood(standing, event);
  }

  /** At the end of all events. */
  answer(): Answer {
    for (const { standing, period, pending } of this.#deals.values()) {
      for (let later = period; later < question.ends.length; later += 1) {
        if (standing.status === 'open') pending.push(this.#count(standing, later));
      }
      this.#settled(standing, pending, Infinity);
    }
    return new Map(
      [...this.#sums].map(([key, { count, amount, forecast, realized }]) => {
        const exact = [amount, forecast, realized].map((sum) => BigInt(sum));
        return [key, { count, amount: exact[0]!, forecast: exact[1]!, realized: exact[2]! }];
      }),
    );
  }

  #begin({ data, at }: Extract<Recorded<DealEvent>, { type: 'ProspectAdded' }>): void {
    const { stage, ownerId: owner, amount } = data;
    const standing: Standing = { status: 'open', stage, owner, minor: amount.minor, due: -Infinity, weight: null };
    const later = question.ends.findIndex((end) => end >= at);
    this.#deals.set(data.dealId, { standing, period: later < 0 ? question.ends.length : later, pending: [] });
  }

  #count({ stage, owner, minor, due, weight }: Standing, period: number): Pending {
    const key = answerKey(period, owner);
    const end = question.ends[period]!;
    const sums = this.#sums.get(key) ?? { count: 0, amount: 0, forecast: 0, realized: 0 };
    this.#sums.set(key, sums);
    sums.count += 1;
    sums.amount += minor;
    if (due > end - graceMs) sums.forecast += minor * (weight ?? question.weights[stage] ?? 0);
    return { sums, until: end + horizonMs };
  }

  /** Tells what came of those whose horizon is over before an instant. @returns the others */
  #settled({ status, minor }: Standing, pending: Pending[], before: number): Pending[] {
    const isOver = ({ until }: Pending) => until < before;
    if (status === 'won') for (const { sums } of pending.filter(isOver)) sums.realized += minor;
    return pending.filter((each) => !isOver(each));
  }
}

export const foldOf = (lines: readonly string[]): Answer => {
  const fold = new Fold();
  for (const line of lines) {
    const event = JSON.parse(line) as Recorded<DealEvent>;
    if (event.stream.startsWith('deal-')) fold.add(event);
  }
  return fold.answer();
};
