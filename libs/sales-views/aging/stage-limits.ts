import { dueAt, latestOverdueSince, type Stage } from '@funnel/sales';
import { versionAt } from '../funnel/funnels.ts';
import type { FunnelRow } from '../funnel/funnel-row.ts';
import type { AgingState } from './aging-report.types.ts';

/** What a stage says of every deal in it, worked out once per stage. Instants are milliseconds since 1970. */
export interface StageLimits {
  readonly funnelId: string;
  readonly key: string;
  readonly stage: Stage | undefined;
  /** Place in the listing: funnels by id, stages in funnel order, unknown ones last. */
  readonly rank: number;
  dueAt(since: number): number | null;
  stateOf(since: number): AgingState;
}

interface Clock {
  readonly now: number;
  readonly timeZone: string;
}

/** The latest beginning of a stay that has used up `share` of its limit. */
const thresholdAt = (share: number, stage: Stage | undefined, { now, timeZone }: Clock): number => {
  if (!stage || stage.maxDwellDays === null) return -Infinity;
  const limit = { maxDwellDays: stage.maxDwellDays * share, dwellIn: stage.dwellIn };
  return latestOverdueSince(now, limit, timeZone) ?? -Infinity;
};

interface Place {
  readonly funnelId: string;
  readonly key: string;
}

const limitsOf = ({ funnelId, key }: Place, stages: readonly Stage[], clock: Clock): StageLimits => {
  const index = stages.findIndex((stage) => stage.key === key);
  const stage = stages[index];
  const [warned, reached, doubled] = [0.8, 1, 2].map((share) => thresholdAt(share, stage, clock));
  return {
    funnelId,
    key,
    stage,
    rank: index < 0 ? stages.length : index,
    dueAt: (since) => (stage && dueAt(since, stage, clock.timeZone)) ?? null,
    stateOf: (since) => {
      if (since <= Number(doubled)) return 'stale';
      if (since <= Number(reached)) return 'over';
      return since <= Number(warned) ? 'due' : 'ok';
    },
  };
};

/** Answers the limits of a stage in the funnel version in force at `now`: a new limit applies to the past as well. */
export const stageLimits = (funnels: Iterable<FunnelRow>, clock: Clock) => {
  const byId = new Map<string, FunnelRow>();
  for (const funnel of funnels) byId.set(funnel.funnelId, funnel);
  const known = new Map<string, StageLimits>();
  return (funnelId: string, key: string): StageLimits => {
    const name = `${funnelId}\n${key}`;
    const before = known.get(name);
    if (before) return before;
    const funnel = byId.get(funnelId);
    const limits = limitsOf({ funnelId, key }, funnel ? versionAt(funnel, clock.now).definition.stages : [], clock);
    known.set(name, limits);
    return limits;
  };
};
