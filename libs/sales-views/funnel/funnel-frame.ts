import { funnelAt } from '@funnel/sales';
import { definedFunnel, weigh } from '../journeys/weigh.ts';
import type { FunnelReportRequest } from './funnel-report.types.ts';
import type { Frame } from './funnel-tallies.ts';
import { stageOrder } from './stage-order.ts';

/** What the deals of a report are counted against. */
export const frameOf = ({ funnel, from, to, asOf }: FunnelReportRequest): Frame => {
  const defined = definedFunnel(funnel);
  const definition = funnelAt(defined, asOf);
  const until = Math.min(to ?? Infinity, asOf + 1);
  return {
    definition,
    order: stageOrder(definition),
    asOf,
    inPeriod: (at) => at >= (from ?? -Infinity) && at < until,
    weigh: ({ standing }) => weigh(standing, defined, asOf),
  };
};
