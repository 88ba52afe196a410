import { dayMs, type Weight } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import { eventOf, instantOf, minorOf, ownerOf, stageOf, statusOf } from '../history/columns.ts';
import type { KnownHistory } from '../history/history.ts';
import { dueOf, ownWeightOf, status } from '../history/rows.ts';
import { agesOf, slotAt, type Ages } from './ages.ts';
import { askingOf, passFor, type Asking } from './counting.ts';
import { keyOf } from './grouping.ts';
import type { ReforecastGroup, ReforecastRequest } from './request.ts';
import { eachStanding, type Standing } from './standing.ts';
import { termsOf, type Terms } from './terms.ts';

/** One cell of a re-forecast: a period end and a group. */
export interface CellRequest extends Omit<ReforecastRequest, 'ends'> {
  readonly at: number;
  readonly key: string | null;
}

/** A deal of a cell, as it stood then. Amounts are minor units of the funnel's currency, instants milliseconds since 1970. */
export interface OpenedDeal {
  readonly dealId: string;
  readonly stage: string;
  readonly ownerId: string | null;
  /** Since when it stood in its stage. */
  readonly since: number;
  readonly amount: number;
  /** What counted for it, in 1/10,000: its own weight, that of its stage (and age), or 0 without a next step. */
  readonly weight: Weight;
  /** What it was won for by the horizon; `null` where it was not. */
  readonly realized: number | null;
  /** The events that brought it there, oldest first. */
  readonly eventIds: readonly string[];
  /** The later ones up to the horizon, which tell what came of it. */
  readonly laterEventIds: readonly string[];
}

export interface OpenedCell extends ReforecastGroup {
  readonly currency: string;
  /** The largest first; those of one amount in the order in which they were added. */
  readonly deals: readonly OpenedDeal[];
  /** Where the next page begins. */
  readonly next: PageStart | undefined;
}

/** The deal before which nothing is shown. */
export interface PageStart {
  readonly amount: number;
  readonly deal: number;
}
interface Page {
  readonly start?: PageStart | undefined;
  readonly limit: number;
}
export type CellPageRequest = CellRequest & { readonly page: Page };

interface Ground {
  readonly asking: Asking;
  readonly ages: Ages;
  readonly terms: Terms;
  readonly keepsOverrides: boolean;
}

const weightOf = ({ asking, ages, terms, keepsOverrides }: Ground, { deal, row, since }: Standing): Weight => {
  const { rows, ends, openIfDueAfter } = asking;
  const slot = slotAt(ages, ages.starts[stageOf(rows, row)]!, ends[0]! - since);
  const term = slot * 2 + (dueOf(rows, row) > openIfDueAfter[0]! ? 1 : 0);
  if (terms.barred[term]) return 0;
  const own = keepsOverrides ? ownWeightOf(rows, deal, row) : -1;
  return own >= 0 ? own : terms.weights[term]!;
};

/** The last row of a deal up to an instant, from one of its rows on. */
const rowAt = ({ rows }: Asking, { deal, row }: Standing, until: number): number => {
  let last = row;
  while (last + 1 < rows.end[deal]! && instantOf(rows, last + 1) <= until) last += 1;
  return last;
};

/** Whether a standing belongs to the group that is asked for. */
const belongs =
  (history: KnownHistory, asking: Asking, { by, key }: CellRequest) =>
  ({ deal, row }: Standing): boolean => {
    if (by === 'stage') return history.stages.texts[stageOf(asking.rows, row)] === key;
    return asking.names[asking.groupOf[keyOf(asking, deal, row)]!] === key;
  };

const comesBefore = (one: PageStart, other: PageStart): boolean =>
  one.amount > other.amount || (one.amount === other.amount && one.deal < other.deal);

/** The standings of a page, and the first one after it. */
const pageOf = ({ rows }: Asking, standings: readonly Standing[], { start, limit }: Page) => {
  const placed = standings.map((standing) => ({ amount: minorOf(rows, standing.row), deal: standing.deal, standing }));
  const rest = start ? placed.filter((each) => !comesBefore(each, start)) : placed;
  const sorted = rest.sort((one, other) => (comesBefore(one, other) ? -1 : 1));
  const following = sorted[limit];
  return {
    shown: sorted.slice(0, limit).map(({ standing }) => standing),
    next: following && { amount: following.amount, deal: following.deal },
  };
};

const shownDeal =
  (history: KnownHistory, ground: Ground, horizon: number) =>
  (standing: Standing): OpenedDeal => {
    const { asking } = ground;
    const { rows } = asking;
    const { deal, row, since } = standing;
    const later = rowAt(asking, standing, horizon);
    const eventIds = (from: number, until: number) =>
      history.eventIds(Array.from({ length: until - from }, (_, place) => eventOf(rows, from + place)));
    return {
      dealId: history.deals.text(deal),
      stage: history.stages.texts[stageOf(rows, row)]!,
      ownerId: history.owners.texts[ownerOf(rows, row)]!,
      ...{ since, amount: minorOf(rows, row), weight: weightOf(ground, standing) },
      realized: statusOf(rows, later) === status.won ? minorOf(rows, later) : null,
      eventIds: eventIds(rows.first[deal]!, row + 1),
      laterEventIds: eventIds(row + 1, later + 1),
    };
  };

const standingsIn = (asking: Asking, isWanted: (standing: Standing) => boolean): Standing[] => {
  const found: Standing[] = [];
  eachStanding(passFor(asking), (standing) => {
    if (isWanted(standing)) found.push(standing);
  });
  return found;
};

/** The deals behind one cell of a re-forecast, page by page; its sums are those of all of them. */
export const openCell = (
  history: KnownHistory,
  funnel: DefinedFunnel,
  { page, ...request }: CellPageRequest,
): OpenedCell => {
  const { at, horizonDays, key } = request;
  const asked = { ...request, ends: [at] };
  const asking = askingOf(history, funnel, asked);
  const ages = agesOf(history, request.ageWeights);
  const terms = termsOf(history, asked, { ages, definitions: [funnelAt(funnel, at)] });
  const ground: Ground = { asking, ages, terms, keepsOverrides: request.overrides === 'kept' };
  const horizon = horizonDays === null ? Infinity : at + horizonDays * dayMs;
  const standings = standingsIn(asking, belongs(history, asking, request));
  const sums = { key, count: standings.length, amount: 0n, forecast: 0n, realized: 0n };
  for (const standing of standings) {
    const amount = BigInt(minorOf(asking.rows, standing.row));
    const later = rowAt(asking, standing, horizon);
    sums.amount += amount;
    sums.forecast += amount * BigInt(weightOf(ground, standing));
    if (statusOf(asking.rows, later) === status.won) sums.realized += BigInt(minorOf(asking.rows, later));
  }
  const { shown, next } = pageOf(asking, standings, page);
  const deals = shown.map(shownDeal(history, ground, horizon));
  return { ...sums, currency: funnel.versions[0].definition.currency, deals, next };
};
