import { dealWeight, type DealWeight } from '../deals/deal-weight.ts';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import type { Journey } from '../journeys/journey.ts';
import { standingAt } from '../journeys/standing.ts';
import { teamsOf } from '../people/teams-at.ts';
import type {
  AgingDeal,
  AgingFilter,
  AgingReport,
  AgingRequest,
  AgingStage,
  AgingState,
} from './aging-report.types.ts';
import type { AgingRow } from './aging-row.ts';
import { stageLimits, type StageLimits } from './stage-limits.ts';

const isUnrestricted = <Value>(wanted: Value | undefined, value: Value): boolean =>
  wanted === undefined || wanted === value;

/** Whether an open deal is one of those asked for; most rows are those of closed deals. */
const isAskedFor = (filter: AgingFilter, row: AgingRow, teamOf: (ownerId: string | null) => string | null): boolean =>
  row.open &&
  isUnrestricted(filter.funnelId, row.funnelId) &&
  isUnrestricted(filter.stage, row.stage) &&
  isUnrestricted(filter.ownerId, row.ownerId) &&
  (filter.teamId === undefined || filter.teamId === teamOf(row.ownerId));

const weightless: DealWeight = { weight: 0, because: 'stage' };

interface Scales {
  readonly limits: StageLimits;
  readonly funnel: FunnelRow | undefined;
  readonly now: number;
}

const aged = (row: AgingRow, { limits, funnel, now }: Scales): AgingDeal => {
  const dueAt = limits.dueAt(row.since);
  return {
    ...row,
    weighs: funnel ? dealWeight({ ...row, status: 'open' }, funnel, now) : weightless,
    part: limits.stage?.part ?? null,
    dwellSeconds: (now - row.since) / 1_000,
    limitSeconds: dueAt === null ? null : (dueAt - row.since) / 1_000,
    dueAt,
    overSeconds: dueAt === null ? null : (now - dueAt) / 1_000,
    state: limits.stateOf(row.since),
  };
};

/** What says where a deal stands in the list. */
export type AgingPlace = Pick<AgingDeal, 'overSeconds' | 'since' | 'dealId'>;

/** The order of the list; no two deals stand in the same place. */
export const byHowFarOver = (one: AgingPlace, other: AgingPlace): number => {
  const over = (other.overSeconds ?? -Infinity) - (one.overSeconds ?? -Infinity);
  // Two deals without limits differ by NaN.
  if (over) return over;
  if (one.since !== other.since) return one.since - other.since;
  if (one.dealId === other.dealId) return 0;
  return one.dealId < other.dealId ? -1 : 1;
};

const totalled = (deals: readonly AgingDeal[]): AgingReport['totals'] => {
  const amounts: Record<string, bigint> = {};
  const states: Record<AgingState, number> = { ok: 0, due: 0, over: 0, stale: 0 };
  for (const { amount, state } of deals) {
    amounts[amount.currency] = (amounts[amount.currency] ?? 0n) + BigInt(amount.minor);
    states[state] += 1;
  }
  return { count: deals.length, amounts, states };
};

const inListingOrder = (one: StageLimits, other: StageLimits): number => {
  if (one.funnelId !== other.funnelId) return one.funnelId < other.funnelId ? -1 : 1;
  return one.rank - other.rank || (one.key < other.key ? -1 : 1);
};

const byStage = (deals: readonly AgingDeal[], limitsOf: ReturnType<typeof stageLimits>): AgingStage[] =>
  [...Map.groupBy(deals, ({ funnelId, stage }) => limitsOf(funnelId, stage))]
    .sort(([one], [other]) => inListingOrder(one, other))
    .map(([limits, stood]) => ({
      funnelId: limits.funnelId,
      stage: limits.key,
      label: limits.stage?.label ?? limits.key,
      part: limits.stage?.part ?? null,
      ...totalled(stood),
    }));

/** Open deals against the limits of their stages. Totals count the deals that the filter lets through, its state too. */
export const agingReport = ({ rows, funnels, reps, filter = {}, now, timeZone }: AgingRequest): AgingReport => {
  const known = new Map([...funnels].map((funnel) => [funnel.funnelId, funnel]));
  const limitsOf = stageLimits(known.values(), { now, timeZone });
  const teamAt = teamsOf(reps ?? []);
  const teamOf = (ownerId: string | null) => teamAt(ownerId, now);
  const named = filter.dealIds && new Set(filter.dealIds);
  const deals: AgingDeal[] = [];
  for (const row of rows) {
    if (named && !named.has(row.dealId)) continue;
    if (!isAskedFor(filter, row, teamOf)) continue;
    const limits = limitsOf(row.funnelId, row.stage);
    const deal = aged(row, { limits, funnel: known.get(row.funnelId), now });
    if (isUnrestricted(filter.state, deal.state)) deals.push(deal);
  }
  return { now, deals: deals.sort(byHowFarOver), stages: byStage(deals, limitsOf), totals: totalled(deals) };
};

const rowAt = (journey: Journey, at: number): AgingRow | null => {
  const standing = standingAt(journey, at);
  return (
    standing && {
      dealId: journey.dealId,
      title: journey.title,
      funnelId: journey.funnelId,
      open: standing.status === 'open',
      stage: standing.stage,
      stageEntry: standing.stageEntry,
      since: standing.since,
      ownerId: standing.ownerId,
      amount: { minor: standing.minor, currency: standing.currency },
      lastContactAt: standing.lastContactAt,
      nextStepDueAt: standing.nextStepDueAt,
      nextStepOpen: standing.nextStepOpen,
      weightOverride: standing.weightOverride,
      customer: journey.customer.name,
      revision: null,
    }
  );
};

function* rowsAt(journeys: Iterable<Journey>, at: number): Generator<AgingRow> {
  for (const journey of journeys) {
    const row = rowAt(journey, at);
    if (row) yield row;
  }
}

/** The same report as of a past instant: deals as they stood then, limits as they were in force then. */
export const agingAt = ({
  journeys,
  ...request
}: Omit<AgingRequest, 'rows'> & { readonly journeys: Iterable<Journey> }): AgingReport =>
  agingReport({ ...request, rows: rowsAt(journeys, request.now) });
