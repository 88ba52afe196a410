import type { EventStore } from '@funnel/event-store';
import {
  deal,
  dealStream,
  funnel,
  funnelAt,
  funnelStream,
  type DefinedFunnel,
  type FunnelDefinition,
} from '@funnel/sales';
import { Inject, Injectable } from '@nestjs/common';
import { refused } from '../problems/rejections.ts';
import { EVENT_STORE } from '../tokens.ts';

/** How long another process may go unnoticed that revises a funnel, in milliseconds. */
const freshMs = 1_000;
const dealsRemembered = 50_000;

/** Funnels as the log has them: one that was defined a moment ago is known, whatever the views have seen. */
@Injectable()
export class KnownFunnels {
  private readonly funnels = new Map<string, { readonly funnel: DefinedFunnel; readonly until: number }>();
  /** A deal never changes its funnel. */
  private readonly funnelOf = new Map<string, string>();

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** The definition in force at a business time. @throws {ProblemError} `funnel-unknown` */
  async at(funnelId: string, at: number): Promise<FunnelDefinition> {
    const cached = this.funnels.get(funnelId);
    if (cached && performance.now() < cached.until) return funnelAt(cached.funnel, at);
    const { state } = await this.store.load(funnel, funnelStream(funnelId));
    if (state.status === 'absent') throw refused({ code: 'funnel-unknown', funnelId });
    this.funnels.set(funnelId, { funnel: state, until: performance.now() + freshMs });
    return funnelAt(state, at);
  }

  /** The same of the funnel that a deal is in. @throws {ProblemError} `deal-absent` */
  async ofDeal(dealId: string, at: number): Promise<FunnelDefinition> {
    const funnelId = this.funnelOf.get(dealId) ?? (await this.lookUp(dealId));
    return this.at(funnelId, at);
  }

  /** Spares looking up what has just been written. */
  remember(dealId: string, funnelId: string): void {
    const [oldest] = this.funnelOf.keys();
    if (this.funnelOf.size >= dealsRemembered && oldest !== undefined) this.funnelOf.delete(oldest);
    this.funnelOf.set(dealId, funnelId);
  }

  /** After this process changed it. */
  forget(funnelId: string): void {
    this.funnels.delete(funnelId);
  }

  private async lookUp(dealId: string): Promise<string> {
    const { state } = await this.store.load(deal, dealStream(dealId));
    if (state.status === 'absent') throw refused({ code: 'deal-absent' });
    this.remember(dealId, state.funnelId);
    return state.funnelId;
  }
}
