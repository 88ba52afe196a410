import type { EventStore } from '@funnel/event-store';
import {
  deal,
  dealStream,
  inFunnelCurrency,
  type Amount,
  type DealCommand,
  type FunnelDefinition,
} from '@funnel/sales';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Done } from '../commands/perform.ts';
import { KnownFunnels } from '../funnels/known-funnels.ts';
import { refused } from '../problems/rejections.ts';
import { EVENT_STORE } from '../tokens.ts';
import { DealMessage, type DealIntent } from './deal-message.ts';

const priced = ({ amount, rate }: DealIntent, { currency }: FunnelDefinition): Partial<Amount> => {
  if (!amount) return {};
  const converted = inFunnelCurrency(amount, rate, currency);
  if ('code' in converted) throw refused(converted);
  return converted;
};

/** Looks up what the rules need to know about other streams, and lets them decide. */
@CommandHandler(DealMessage)
export class DealHandler implements ICommandHandler<DealMessage> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(KnownFunnels) private readonly funnels: KnownFunnels,
  ) {}

  async execute({ dealId, intent, call }: DealMessage): Promise<Done> {
    const { actor, at, now } = call;
    const isNew = intent.type === 'AddProspect';
    const funnel = await (isNew ? this.funnels.at(intent.funnelId, at) : this.funnels.ofDeal(dealId, at));
    const { rate: _, amount: __, ...said } = intent;
    // Together they are the command again: `Said` left out exactly what is supplied here.
    const command = { ...said, ...priced(intent, funnel), dealId, actor, at, now, funnel } as DealCommand;
    const stream = dealStream(dealId);
    const done = await perform(this.store, { id: dealId, decider: deal, stream, command, presumedNew: isNew }, call);
    if (isNew) this.funnels.remember(dealId, intent.funnelId);
    return done;
  }
}
