import type { AnswerOf, routes } from '@funnel/contracts';
import { isOfThePast, momentOf, type Moment } from '@funnel/kernel';
import {
  funnels,
  journeys,
  quotas,
  reps,
  teamKnownAt,
  teams,
  type QuotaFigures,
  type QuotaReport,
} from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { shownTeam } from '../people/shown-people.ts';
import { malformed } from '../problems/problem-error.ts';
import { moneyIn, shownInstant, shownKnownAt } from '../reads/present.ts';
import { ReadModels } from '../reads/read-models.ts';
import { Reports } from '../reports/reports.ts';
import { QuotaMessage } from './quota.handler.ts';

/** What a quota's report is made from. */
const quotaViews = [quotas, journeys, reps, funnels] as const;

type ShownQuota = AnswerOf<(typeof routes)['reportQuota']>;
type ShownTeams = AnswerOf<(typeof routes)['reportTeamQuotas']>;

const shownFigures = (figures: QuotaFigures, money: ReturnType<typeof moneyIn>) => ({
  quota: money.orNull(figures.quota),
  won: money(figures.won),
  wonCount: figures.wonCount,
  attainment: figures.attainment,
  overAttainment: money.orNull(figures.overAttainment),
  gap: money.orNull(figures.gap),
  openCount: figures.openCount,
  weightedOpen: money(figures.weightedOpen),
  expectedInPeriod: money(figures.expectedInPeriod),
  coverage: figures.coverage,
  neededProspects: figures.neededProspects,
});

const shownQuota = (report: QuotaReport, { knownAt }: Moment, position: string): ShownQuota => {
  const money = moneyIn(report.currency);
  const { subject, period, currency, otherCurrencyCount } = report;
  return {
    ...{ subject, period, currency, otherCurrencyCount, position },
    from: shownInstant(report.from),
    to: shownInstant(report.to),
    asOf: shownInstant(report.asOf),
    knownAt: shownKnownAt(knownAt),
    ...shownFigures(report, money),
    members: report.members.map(({ repId, name, ...figures }) => ({ repId, name, ...shownFigures(figures, money) })),
  };
};

const shownTeamQuota = (teamId: string, name: string, report: QuotaReport | undefined): ShownTeams['items'] => {
  if (!report) return [];
  const { currency, otherCurrencyCount } = report;
  return [{ teamId, name, otherCurrencyCount, ...shownFigures(report, moneyIn(currency)) }];
};

const noPeriod = (period: string) => malformed([{ path: 'query.period', expected: 'a period', got: period }]);

/** Quotas and how far they are reached. */
@Controller()
export class QuotasController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(Reports) private readonly reports: Reports,
  ) {}

  @Serves('putQuota')
  put(@Input() { params, body, call }: Told<'putQuota'>): Promise<Done> {
    const { amount, shares, reason } = body;
    return this.commands.execute(new QuotaMessage({ ...params, amount, ...(shares && { shares }) }, reason, call));
  }

  @Serves('reportQuota')
  async report(@Input() { query }: In<'reportQuota'>): Promise<ShownQuota> {
    await this.models.seen(query.after, ...quotaViews);
    const position = await this.models.position(...quotaViews);
    const { subject, period } = query;
    const moment = momentOf(query, Date.now());
    const isNow = !isOfThePast(query);
    const report = await this.reports.ask({ kind: 'quota', request: { subject, period }, moment, isNow });
    if (!report) throw noPeriod(period);
    return shownQuota(report, moment, position);
  }

  @Serves('reportTeamQuotas')
  async reportTeams(@Input() { query }: In<'reportTeamQuotas'>): Promise<ShownTeams> {
    await this.models.seen(query.after, ...quotaViews, teams);
    const position = await this.models.position(...quotaViews, teams);
    const moment = momentOf(query, Date.now());
    const known = await this.models.known(teams, teamKnownAt, moment);
    const shown = known.flatMap((row) => shownTeam(row, moment.asOf) ?? []);
    const sorted = shown.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    // The company's tells the period where there is no team.
    const request = { period: query.period, subjects: ['company', ...sorted.map(({ id }) => `team-${id}`)] };
    const isNow = !isOfThePast(query);
    const [company, ...reports] = (await this.reports.ask({ kind: 'quotas', request, moment, isNow })) ?? [];
    if (!company) throw noPeriod(query.period);
    const items = sorted.flatMap(({ id, name }, place) => shownTeamQuota(id, name, reports[place]));
    const { period, from, to, asOf, knownAt } = shownQuota(company, moment, position);
    return { period, from, to, asOf, knownAt, position, items };
  }
}
