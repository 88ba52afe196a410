import type { AnswerOf, routes } from '@funnel/contracts';
import { momentOf, type Moment } from '@funnel/kernel';
import { funnelDefinition } from '@funnel/sales';
import { funnelKnownAt, funnels, type FunnelRow } from '@funnel/sales-views';
import { Controller, Inject, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { Done } from '../commands/perform.ts';
import { Input, type In, type Told } from '../http/input.ts';
import { Serves } from '../http/serves.ts';
import { notFound } from '../problems/problem-error.ts';
import { ReadModels } from '../reads/read-models.ts';
import type { Settings } from '../settings.ts';
import { SETTINGS } from '../tokens.ts';
import { FunnelMessage } from './funnel.handler.ts';
import { shownFunnel, shownSummary } from './shown-funnel.ts';

type Answer<Name extends 'listFunnels' | 'showFunnel'> = AnswerOf<(typeof routes)[Name]>;

/** Funnels and their versions. */
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
    return this.commands.execute(new FunnelMessage(definition, { reason }, call));
  }

  @Serves('listFunnels')
  async list(@Input() { query }: In<'listFunnels'>): Promise<Answer<'listFunnels'>> {
    await this.models.seen(query.after, funnels);
    const moment = momentOf(query, Date.now());
    const rows = await this.models.known(funnels, funnelKnownAt, moment);
    return { items: rows.map((row) => shownSummary(row, moment.asOf)), next: null };
  }

  @Serves('showFunnel')
  async show(
    @Input() { params, query }: In<'showFunnel'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer<'showFunnel'>> {
    await this.models.seen(query.after, funnels);
    const moment = momentOf(query, Date.now());
    const shown = shownFunnel(await this.knownFunnel(params.id, moment), moment.asOf);
    reply.header('etag', `"${shown.revision}"`);
    return shown;
  }

  /** @throws {ProblemError} `not-found` where there is none, or was none on record */
  private async knownFunnel(id: string, { knownAt }: Moment): Promise<FunnelRow> {
    const row = await this.models.view(funnels).get(id);
    const known = row && funnelKnownAt(row, knownAt);
    if (known) return known;
    throw notFound(`funnel "${id}"`);
  }
}
