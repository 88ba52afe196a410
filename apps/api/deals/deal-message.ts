import type { Money } from '@funnel/kernel';
import { Command } from '@nestjs/cqrs';
import type { DealCommand } from '@funnel/sales';
import type { Call } from '../commands/call.ts';
import type { Done } from '../commands/perform.ts';

/** What the sender does not say: who, when and which come with the call, the funnel from the log. */
type Supplied = 'dealId' | 'actor' | 'at' | 'now' | 'funnel' | 'amount' | 'conversion';
type Said<Each> = Each extends DealCommand ? Omit<Each, Supplied> & In<Each> : never;
/** Only a new deal says which funnel it is in. */
type In<Each> = Each extends { type: 'AddProspect' } ? { readonly funnelId: string } : unknown;

/** An amount in any currency, with the rate into the funnel's where that is another one. */
interface Priced {
  readonly amount?: Money | undefined;
  readonly rate?: string | undefined;
}
/** A command about a deal as it comes in, before anything is looked up. */
export type DealIntent = Said<DealCommand> & Priced;

export class DealMessage extends Command<Done> {
  constructor(
    readonly dealId: string,
    readonly intent: DealIntent,
    readonly call: Call,
  ) {
    super();
  }
}
