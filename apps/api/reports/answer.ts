import type { Moment } from '@funnel/kernel';
import { OtherVersion, ReadStoreUnavailable } from '@funnel/read-store';
import { agingAt, agingReport, funnelReport, pastDeals, quotaReport } from '@funnel/sales-views';
import type { AgingPage, Findings, Question, Reply, ThreadSettings } from './conversation.ts';
import type { HeldViews } from './held-views.ts';

type RequestOf<Kind> = Extract<Question, { kind: Kind }>['request'];
type Answers = {
  readonly [Kind in Question['kind']]: (request: RequestOf<Kind>, moment: Moment) => Promise<Findings[Kind]>;
};

/** How each kind of question is answered. */
export const answersFrom = (views: HeldViews, { timeZone, baseCurrency }: ThreadSettings): Answers => {
  /** Reps are needed for the teams only. */
  const repsFor = async ({ teamId }: { teamId?: string | undefined }, moment: Moment) =>
    teamId === undefined ? [] : views.reps(moment);

  return {
    funnel: async ({ funnelId, filter = {}, ...period }, moment) => {
      const rows = [views.funnels(moment), repsFor(filter, moment), views.journeys(moment)] as const;
      const [funnels, reps, journeys] = await Promise.all(rows);
      const funnel = [...funnels].find((each) => each.funnelId === funnelId);
      return funnel && funnelReport({ ...period, funnel, filter, reps, journeys, asOf: moment.asOf });
    },
    quota: async (request, moment) => {
      const rows = [views.quotas(moment), views.reps(moment), views.funnels(moment), views.journeys(moment)] as const;
      const [quotas, reps, funnels, journeys] = await Promise.all(rows);
      const company = { timeZone, currency: baseCurrency };
      return quotaReport({ ...request, ...company, quotas, reps, funnels, journeys, asOf: moment.asOf });
    },
    aging: async ({ filter, isPast, from, until }, moment): Promise<AgingPage> => {
      const [funnels, reps] = await Promise.all([views.funnels(moment), repsFor(filter, moment)]);
      const request = { funnels, reps, filter, now: moment.asOf, timeZone };
      const report = isPast
        ? agingAt({ ...request, journeys: await views.journeys(moment) })
        : agingReport({ ...request, rows: await views.aging() });
      const { deals } = report;
      return { ...report, deals: deals.slice(from, until), hasMore: until < deals.length };
    },
    pastDeals: async (request, moment) => {
      const [reps, journeys] = await Promise.all([repsFor(request.filter, moment), views.journeys(moment)]);
      return pastDeals({ ...request, reps, journeys, asOf: moment.asOf });
    },
  };
};

/** Answers a question from what the views show by now. */
export const answer = async (answers: Answers, { kind, request, moment }: Question): Promise<Reply> => {
  try {
    const find = answers[kind] as (
      request: RequestOf<Question['kind']>,
      moment: Moment,
    ) => Promise<Findings[typeof kind]>;
    return { kind: 'found', found: await find(request, moment) };
  } catch (error) {
    if (error instanceof ReadStoreUnavailable) return { kind: 'unavailable' };
    if (error instanceof OtherVersion) {
      const { view, version } = error;
      return { kind: 'otherVersion', error: { view, version } };
    }
    throw error;
  }
};
