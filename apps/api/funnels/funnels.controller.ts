import type { AnswerOf, routes } from '@funnel/contracts';
import { funnelDefinition } from '@funnel/sales';
import { funnelReport, funnels, journeys, reps } from '@funnel/sales-views';
import { Controller, Inject, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { wantedOwner } from '../reads/present.ts';
import { collect, ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { FunnelMessage } from './funnel.handler.ts';
import { shownFunnel, shownReport, shownSummary, type ShownReport } from './shown-funnel.ts';

type Answer<Name extends 'listFunnels' | 'showFunnel'> = AnswerOf<(typeof routes)[Name]>;

/** Funnels, their versions and what stands in them. */
@Controller()
export class FunnelsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Serves('putFunnel')
  put(@Input() { params, body, call }: Told<'putFunnel'>): Promise<Done> {
    const { reason, occurredAt: _, currency = this.settings.baseCurrency, ...said } = body;
    // What was not said takes the defaults of the stored definition.
    const definition = funnelDefinition.parse({ ...said, currency, funnelId: params.id });
    return this.commands.execute(new FunnelMessage(definition, reason, call));
  }

  @Serves('listFunnels')
  async list(@Input() { query }: In<'listFunnels'>): Promise<Answer<'listFunnels'>> {
    await this.models.seen(query.after, funnels);
    const rows = await collect(this.models.view(funnels).all());
    return { items: rows.map((row) => shownSummary(row, Date.now())), next: null };
  }

  @Serves('showFunnel')
  async show(
    @Input() { params, query }: In<'showFunnel'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer<'showFunnel'>> {
    await this.models.seen(query.after, funnels);
    const row = await this.models.view(funnels).get(params.id);
    if (!row) throw notFound(`funnel "${params.id}"`);
    const shown = shownFunnel(row, Date.now());
    reply.header('etag', `"${shown.revision}"`);
    return shown;
  }

  @Serves('reportFunnel')
  async report(@Input() { params, query }: In<'reportFunnel'>): Promise<ShownReport> {
    const { from, to, asOf = Date.now(), owner, team, region, industry } = query;
    await this.models.seen(query.after, funnels, journeys, reps);
    const position = await this.models.position(funnels, journeys, reps);
    const funnel = await this.models.view(funnels).get(params.id);
    if (!funnel) throw notFound(`funnel "${params.id}"`);
    const report = funnelReport({
      funnel,
      journeys: await collect(this.models.view(journeys).all({ funnelId: params.id })),
      reps: team === undefined ? [] : await collect(this.models.view(reps).all()),
      filter: { ownerId: wantedOwner(owner), teamId: team, region, industry },
      ...{ asOf, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    });
    return shownReport(report, position);
  }
}
