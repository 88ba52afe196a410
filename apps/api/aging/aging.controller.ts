import type { AnswerOf, routes } from '@funnel/contracts';
import { aging, agingAt, agingReport, funnels, journeys, reps } from '@funnel/sales-views';
import type { AgingDeal, AgingReport, AgingStage } from '@funnel/sales-views';
import { Controller, Inject } from '@nestjs/common';
import { Input, type In } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { instantOrNull, shownAmounts, shownInstant, shownMoney, wantedOwner } from '../reads/present.ts';
import { collect, ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { placeOf, readPlace } from './place.ts';

type ShownAging = AnswerOf<(typeof routes)['reportAging']>;
type Query = In<'reportAging'>['query'];

const shownLine = (deal: AgingDeal): ShownAging['items'][number] => ({
  id: deal.dealId,
  title: deal.title,
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
});

const shownStage = ({ amounts, states, ...stage }: AgingStage) => ({
  ...stage,
  amounts: shownAmounts(amounts),
  states: { ...states },
});

/** How long deals stand where they stand. */
@Controller()
export class AgingController {
  constructor(
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('reportAging')
  async report(@Input() { query }: In<'reportAging'>): Promise<ShownAging> {
    const views = [query.asOf === undefined ? aging : journeys, funnels, reps] as const;
    await this.models.seen(query.after, ...views);
    const position = await this.models.position(...views);
    const place = readPlace(query.cursor) ?? { now: query.asOf ?? Date.now(), from: 0 };
    const { deals, stages, totals } = await this.reportAt(query, place.now);
    const until = place.from + query.limit;
    return {
      asOf: shownInstant(place.now),
      position,
      items: deals.slice(place.from, until).map(shownLine),
      next: until < deals.length ? placeOf({ now: place.now, from: until }) : null,
      stages: stages.map(shownStage),
      totals: { ...totals, amounts: shownAmounts(totals.amounts), states: { ...totals.states } },
    };
  }

  private async reportAt({ asOf, funnel, owner, stage, state, team }: Query, now: number): Promise<AgingReport> {
    const wanted = {
      funnels: await collect(this.models.view(funnels).all()),
      reps: team === undefined ? [] : await collect(this.models.view(reps).all()),
      filter: { funnelId: funnel, stage, ownerId: wantedOwner(owner), teamId: team, state },
      now,
      timeZone: this.settings.timeZone,
    };
    if (asOf !== undefined) {
      return agingAt({ ...wanted, journeys: await collect(this.models.view(journeys).all()) });
    }
    return agingReport({ ...wanted, rows: await collect(this.models.view(aging).all({ open: true })) });
  }
}
