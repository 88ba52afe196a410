import type { Moment } from '@funnel/kernel';
import { OtherVersion, ReadStoreUnavailable } from '@funnel/read-store';
import {
  agingAt,
  agingReport,
  byHowFarOver,
  cohortDeals,
  funnelKnownAt,
  funnelReport,
  journeyKnownAt,
  knownAmong,
  openOwners,
  pastDeals,
  quotaKnownAt,
  quotaReport,
  quotaReports,
  repKnownAt,
  type AgingFilter,
  type Journey,
  type Known,
} from '@funnel/sales-views';
import type { AgingPage, Findings, Question, Reply, ThreadSettings } from './conversation.ts';
import type { HeldRows, HeldViews } from './held-views.ts';
import type { KeptAnswers } from './kept-answers.ts';

type RequestOf<Kind> = Extract<Question, { kind: Kind }>['request'];
type Answers = { readonly [Kind in Question['kind']]: (request: RequestOf<Kind>) => Findings[Kind] };

const knownRows = <Row>(rows: Iterable<Row>, knownAs: Known<Row>, { knownAt }: Moment): Iterable<Row> =>
  Number.isFinite(knownAt) ? knownAmong(rows, knownAs, knownAt) : rows;

const knownAtMoment = (rows: HeldRows, moment: Moment) => ({
  journeys: knownRows(rows.journeys, journeyKnownAt, moment),
  funnels: knownRows(rows.funnels, funnelKnownAt, moment),
  quotas: knownRows(rows.quotas, quotaKnownAt, moment),
  reps: knownRows(rows.reps, repKnownAt, moment),
});

const titlesOf = (journeys: Iterable<Journey>, dealIds: readonly string[]): ReadonlyMap<string, string> => {
  const wanted = new Set(dealIds);
  const titles = new Map<string, string>();
  for (const { dealId, title } of journeys) if (wanted.has(dealId)) titles.set(dealId, title);
  return titles;
};

/** How each kind of question is answered from rows. */
const answersFrom = (rows: HeldRows, moment: Moment, { timeZone, baseCurrency }: ThreadSettings): Answers => {
  const { journeys, funnels, quotas, reps } = knownAtMoment(rows, moment);
  const { asOf } = moment;
  const company = { timeZone, currency: baseCurrency };
  const funnelOf = (id: string) => [...funnels].find(({ funnelId }) => funnelId === id);
  const agingOf = (filter: AgingFilter, isPast: boolean) => {
    const request = { funnels, reps, filter, now: asOf, timeZone };
    return isPast ? agingAt({ ...request, journeys }) : agingReport({ ...request, rows: rows.aging });
  };
  return {
    funnel: ({ funnelId, ...request }) => {
      const funnel = funnelOf(funnelId);
      return funnel && funnelReport({ ...request, funnel, reps, journeys, asOf });
    },
    cohort: ({ funnelId, ...request }) => {
      const funnel = funnelOf(funnelId);
      return funnel && cohortDeals({ ...request, funnel, reps, journeys, asOf });
    },
    titles: ({ dealIds }) => titlesOf(journeys, dealIds),
    quota: (request) => quotaReport({ ...request, ...company, quotas, reps, funnels, journeys, asOf }),
    quotas: ({ subjects, period }) =>
      quotaReports({ period, ...company, quotas, reps, funnels, journeys, asOf }, subjects),
    aging: ({ filter, isPast, behind, limit }): AgingPage => {
      const report = agingOf(filter, isPast);
      const rest = behind ? report.deals.filter((deal) => byHowFarOver(deal, behind) > 0) : report.deals;
      return { ...report, deals: rest.slice(0, limit), hasMore: limit < rest.length };
    },
    owners: ({ funnelId, isPast }) => openOwners(agingOf({ funnelId }, isPast).deals),
    pastDeals: (request) => pastDeals({ ...request, reps, journeys, asOf }),
  };
};

const found = (question: Question, rows: HeldRows, settings: ThreadSettings): Findings[Question['kind']] => {
  const { kind, request, moment } = question;
  const find = answersFrom(rows, moment, settings)[kind] as (request: Question['request']) => Findings[typeof kind];
  return find(request);
};

interface Reporter {
  readonly views: HeldViews;
  readonly answers: KeptAnswers;
  readonly settings: ThreadSettings;
}

/** Answers from what the views show by now. */
export const answerFrom =
  ({ views, answers, settings }: Reporter) =>
  async (question: Question): Promise<Reply> => {
    try {
      const rows = await views.rows();
      return { kind: 'found', found: answers.of(question, rows.state, () => found(question, rows, settings)) };
    } catch (error) {
      if (error instanceof ReadStoreUnavailable) return { kind: 'unavailable' };
      if (!(error instanceof OtherVersion)) throw error;
      const { view, version } = error;
      return { kind: 'otherVersion', error: { view, version } };
    }
  };
