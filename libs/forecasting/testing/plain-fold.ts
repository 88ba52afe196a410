import { dayMs, wholeWeight, type Recorded } from '@funnel/kernel';
import {
  deal,
  effectiveWeight,
  funnelAt,
  type DealEvent,
  type DefinedFunnel,
  type KnownDeal,
  type Membership,
} from '@funnel/sales';
import type { Reforecast, ReforecastGroup, ReforecastRequest } from '../reforecast/request.ts';

interface Log {
  readonly funnel: DefinedFunnel;
  readonly deals: readonly (readonly Recorded<DealEvent>[])[];
  readonly teams: Readonly<Record<string, readonly Membership[]>>;
}

/** The deal at an instant, by the domain's own rules; facts told of the time before it was added count from then. */
const dealAt = (events: readonly Recorded<DealEvent>[], at: number): KnownDeal | undefined => {
  const beginning = events.findIndex(({ type }) => type === 'ProspectAdded');
  const added = events[beginning]?.at ?? Infinity;
  const state = events
    .slice(Math.max(beginning, 0))
    .map((event) => ({ ...event, at: Math.max(event.at, added) }))
    .sort((one, other) => one.at - other.at)
    .filter((event) => event.at <= at)
    .reduce(deal.evolve, deal.initial);
  return state.status === 'absent' ? undefined : state;
};

const teamOf = ({ teams }: Log, owner: string | null, at: number): string | null => {
  const memberships = owner === null ? [] : (teams[owner] ?? []);
  return (memberships.findLast((each) => each.at <= at) ?? memberships[0])?.teamId ?? null;
};

interface Seen {
  readonly known: KnownDeal;
  readonly at: number;
  readonly region: string | null;
  readonly industry: string | null;
}

const keyOf = (log: Log, { by }: ReforecastRequest, { known, at, region, industry }: Seen) => {
  const keys = { total: 'total', stage: known.stage, owner: known.ownerId, region, industry };
  return by === 'team' ? teamOf(log, known.ownerId, at) : keys[by];
};

/** The weight of a deal in its stage by how long it has stood there; none where its stage's own counts. */
const agedWeight = ({ ageWeights }: ReforecastRequest, { stage, since }: KnownDeal, at: number): number | undefined =>
  ageWeights?.[stage]?.findLast(({ fromDays }) => at - since >= fromDays * dayMs)?.weight;

const weightOf = ({ funnel }: Log, request: ReforecastRequest, { known, at }: Seen): number => {
  const then = funnelAt(funnel, at);
  const aged = agedWeight(request, known, at);
  const stages = then.stages.map((stage) => ({
    ...stage,
    weight: (aged ?? request.weights[stage.key] ?? Math.round(stage.weight * wholeWeight)) / wholeWeight,
  }));
  const definition = { ...then, stages, nextStepRule: request.nextStepRule ?? then.nextStepRule };
  const weightOverride = request.overrides === 'kept' ? known.weightOverride : null;
  return effectiveWeight({ ...known, weightOverride }, { status: 'defined', versions: [{ at: 0, definition }] }, at);
};

const customerOf = (events: readonly Recorded<DealEvent>[]) => {
  const [customer] = events.flatMap((event) => (event.type === 'ProspectAdded' ? [event.data.customer] : []));
  return { region: customer?.region ?? null, industry: customer?.industry ?? null };
};

const nothing = (key: string | null): ReforecastGroup => ({ key, count: 0, amount: 0n, forecast: 0n, realized: 0n });

const groupsAt = (log: Log, request: ReforecastRequest, at: number): ReforecastGroup[] => {
  const groups = new Map<string | null, ReforecastGroup>(request.by === 'total' ? [['total', nothing('total')]] : []);
  for (const events of log.deals) {
    const known = dealAt(events, at);
    if (known?.status !== 'open' || known.amount.currency !== log.funnel.versions[0].definition.currency) continue;
    const seen = { known, at, ...customerOf(events) };
    const later = dealAt(events, request.horizonDays === null ? Infinity : at + request.horizonDays * dayMs);
    const key = keyOf(log, request, seen);
    const sum = groups.get(key) ?? nothing(key);
    groups.set(key, {
      key,
      count: sum.count + 1,
      amount: sum.amount + BigInt(known.amount.minor),
      forecast: sum.forecast + BigInt(known.amount.minor) * BigInt(weightOf(log, request, seen)),
      realized: sum.realized + (later?.status === 'won' ? BigInt(later.amount.minor) : 0n),
    });
  }
  return [...groups.values()];
};

/** The same as the engine, event by event and deal by deal: slow, and easy to check by reading. */
export const foldedReforecast = (log: Log, request: ReforecastRequest): Reforecast => ({
  currency: log.funnel.versions[0].definition.currency,
  periods: request.ends.map((at) => ({ at, groups: groupsAt(log, request, at) })),
});
