import type { AnswerOf, routes } from '@funnel/contracts';
import { momentOf, wholeWeight, type Moment } from '@funnel/kernel';
import { aging, agingAt, agingReport, funnelKnownAt, funnels, journeys, repKnownAt, reps } from '@funnel/sales-views';
import type { AgingDeal, AgingReport, AgingRequest, AgingStage } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { instantOrNull, shownAmounts, shownInstant, shownKnownAt, shownMoney, wantedOwner } from '../reads/present.ts';
import { placeOf, readPlace } from '../reads/page-place.ts';
import { collect, ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';

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

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** How long deals stand where they stand. */
@Controller()
export class AgingController {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('reportAging')
  async report(@Input() { query }: In<'reportAging'>): Promise<ShownAging> {
    const isPast = query.asOf !== undefined || query.knownAt !== undefined;
    const views = [isPast ? journeys : aging, funnels, reps] as const;
    await this.models.seen(query.after, ...views);
    const position = await this.models.position(...views);
    const now = Date.now();
    const place = readPlace(query.cursor, isCount) ?? { moment: momentOf(query, now), behind: 0 };
    const { moment, behind } = place;
    const { deals, stages, totals } = isPast
      ? await this.pastReport(query, moment)
      : await this.presentReport(query, moment);
    const until = behind + query.limit;
    const pinned = { ...moment, knownAt: Math.min(moment.knownAt, now) };
    return {
      asOf: shownInstant(moment.asOf),
      knownAt: shownKnownAt(momentOf(query, now).knownAt),
      position,
      items: deals.slice(behind, until).map(shownLine),
      next: until < deals.length ? placeOf({ moment: pinned, behind: until }) : null,
      stages: stages.map(shownStage),
      totals: { ...totals, amounts: shownAmounts(totals.amounts), states: { ...totals.states } },
    };
  }

  private async wanted(
    { funnel, owner, stage, state, team }: Query,
    moment: Moment,
  ): Promise<Omit<AgingRequest, 'rows'>> {
    return {
      funnels: await this.models.known(funnels, funnelKnownAt, moment),
      reps: team === undefined ? [] : await this.models.known(reps, repKnownAt, moment),
      filter: { funnelId: funnel, stage, ownerId: wantedOwner(owner), teamId: team, state },
      now: moment.asOf,
      timeZone: this.settings.timeZone,
    };
  }

  private async presentReport(query: Query, moment: Moment): Promise<AgingReport> {
    const rows = await collect(this.models.view(aging).all({ open: true }));
    return agingReport({ ...(await this.wanted(query, moment)), rows });
  }

  private async pastReport(query: Query, moment: Moment): Promise<AgingReport> {
    const known = await this.models.journeys(moment);
    return agingAt({ ...(await this.wanted(query, moment)), journeys: known });
  }
}
