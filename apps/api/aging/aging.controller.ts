import type { AnswerOf, routes } from '@funnel/contracts';
import { isOfThePast, momentOf, wholeWeight } from '@funnel/kernel';
import { aging, funnels, journeys, reps } from '@funnel/sales-views';
import type { AgingDeal, AgingPlace, AgingStage } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { instantOrNull, shownAmounts, shownInstant, shownKnownAt, shownMoney, wantedOwner } from '../reads/present.ts';
import { placeOf, readPlace } from '../reads/page-place.ts';
import { ReadModels } from '../reads/read-models.ts';
import { Reports } from '../reports/reports.ts';

type ShownAging = AnswerOf<(typeof routes)['reportAging']>;
type Query = In<'reportAging'>['query'];

const shownLine = (deal: AgingDeal): ShownAging['items'][number] => ({
  id: deal.dealId,
  title: deal.title,
  customer: deal.customer,
  funnelId: deal.funnelId,
  stage: deal.stage,
  part: deal.part,
  stageEntry: deal.stageEntry,
  ownerId: deal.ownerId,
  amount: shownMoney(deal.amount),
  since: shownInstant(deal.since),
  dwellSeconds: deal.dwellSeconds,
  limitSeconds: deal.limitSeconds,
  overSeconds: deal.overSeconds,
  dueAt: instantOrNull(deal.dueAt),
  state: deal.state,
  lastContactAt: instantOrNull(deal.lastContactAt),
  nextStepDueAt: instantOrNull(deal.nextStepDueAt),
  hasNextStep: deal.nextStepOpen,
  weight: deal.weighs.weight / wholeWeight,
  weighs: deal.weighs.because,
  revision: deal.revision,
});

const shownStage = ({ amounts, states, ...stage }: AgingStage) => ({
  ...stage,
  amounts: shownAmounts(amounts),
  states: { ...states },
});

const filterOf = ({ ids, funnel, owner, stage, state, team }: Query) => ({
  ...{ dealIds: ids, funnelId: funnel, stage, ownerId: wantedOwner(owner), teamId: team, state },
});

/** The last deal of a page, as a cursor holds it. */
type Written = [AgingPlace['overSeconds'], AgingPlace['since'], AgingPlace['dealId']];
const written = ({ overSeconds, since, dealId }: AgingPlace): Written => [overSeconds, since, dealId];
const isWritten = (value: unknown): value is Written => {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [over, since, dealId] = value as unknown[];
  return (over === null || Number.isFinite(over)) && Number.isSafeInteger(since) && typeof dealId === 'string';
};
const placeIn = ([overSeconds, since, dealId]: Written): AgingPlace => ({ overSeconds, since, dealId });

/** How long deals stand where they stand. */
@Controller()
export class AgingController {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(Reports) private readonly reports: Reports,
  ) {}

  @Serves('reportAging')
  async report(@Input() { query }: In<'reportAging'>): Promise<ShownAging> {
    const isPast = isOfThePast(query);
    const views = [isPast ? journeys : aging, funnels, reps] as const;
    await this.models.seen(query.after, ...views);
    const position = await this.models.position(...views);
    const now = Date.now();
    const place = readPlace(query.cursor, isWritten) ?? { moment: momentOf(query, now), behind: null };
    const { moment, behind } = place;
    const request = { filter: filterOf(query), isPast, behind: behind && placeIn(behind), limit: query.limit };
    const isNow = !isPast && query.cursor === undefined;
    const report = await this.reports.ask({ kind: 'aging', request, moment, isNow });
    const { deals, hasMore, stages, totals } = report;
    const last = hasMore ? deals.at(-1) : undefined;
    const pinned = { asOf: report.now, knownAt: Math.min(moment.knownAt, now) };
    return {
      asOf: shownInstant(report.now),
      knownAt: shownKnownAt(momentOf(query, now).knownAt),
      position,
      items: deals.map(shownLine),
      next: last ? placeOf({ moment: pinned, behind: written(last) }) : null,
      stages: stages.map(shownStage),
      totals: { ...totals, amounts: shownAmounts(totals.amounts), states: { ...totals.states } },
    };
  }

  @Serves('listOpenOwners')
  async owners(@Input() { query }: In<'listOpenOwners'>): Promise<AnswerOf<(typeof routes)['listOpenOwners']>> {
    const isPast = isOfThePast(query);
    await this.models.seen(query.after, isPast ? journeys : aging);
    const request = { funnelId: query.funnel, isPast };
    const moment = momentOf(query, Date.now());
    const owners = await this.reports.ask({ kind: 'owners', request, moment, isNow: !isPast });
    return { items: owners.map(({ ownerId, count }) => ({ id: ownerId, count })) };
  }
}
