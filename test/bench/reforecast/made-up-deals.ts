import { dayMs } from '@funnel/kernel';
import type { DealEvent, FunnelDefinition } from '@funnel/sales';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export const eventsEach = 10;
export const ownerCount = 200;
export const stages = Array.from({ length: 8 }, (_, index) => `s${index}`);
export const months = 36;
export const start = Date.UTC(2023, 0, 1);
export const monthEnds = Array.from({ length: months }, (_, month) => Date.UTC(2023, month + 1, 1) - 1);

export const definition: FunnelDefinition = {
  ...{ funnelId: 'f', label: 'F', currency: 'CNY', nextStepRule: true, nextStepGraceDays: 3 },
  stages: stages.map((key, index) => ({
    ...{ key, label: key, weight: (index + 1) / 10, part: 'top' as const, maxDwellDays: null, ownerLocked: false },
    ...{ dwellIn: 'calendar-days' as const, conversionTarget: null, exitCriteria: [], handover: null },
  })),
};

/** What happened, and when: milliseconds since 1970. */
export interface Fact {
  readonly at: number;
  readonly event: DealEvent;
}

/** When deals are added: within some days from an instant. */
export interface Season {
  readonly from: number;
  readonly days: number;
  readonly seed: number;
}

export const wholePast: Season = { from: start, days: months * 30, seed: 1 };

/** Facts of deals, one deal after the other, every time the same ones. */
export class MadeUpDeals {
  readonly #season: Season;
  readonly #random: ReturnType<typeof xoroshiro128plus>;

  constructor(season = wholePast) {
    this.#season = season;
    this.#random = xoroshiro128plus(season.seed);
  }

  /**
   * All of one deal: it is added, changes for some months, and is won or lost; a few come back in between. `day`: on which day
   * of the season it is added.
   */
  next(dealId: string, day = this.below(this.#season.days)): Fact[] {
    let at = this.#season.from + day * dayMs + this.below(dayMs);
    const facts: Fact[] = [{ at, event: this.#added(dealId) }];
    const comesBack = this.below(50) === 0;
    for (let step = 1; step < eventsEach - 1; step += 1) {
      at += this.below(20 * dayMs);
      const event = comesBack && (step === 5 || step === 6) ? back(dealId, step) : this.change(dealId, step);
      facts.push({ at, event });
    }
    facts.push({ at: at + this.below(20 * dayMs), event: this.#closed(dealId) });
    return facts;
  }

  below(count: number): number {
    return (this.#random.next() >>> 0) % count;
  }

  /** `step`: how many facts the deal has already. */
  change(dealId: string, step: number): DealEvent {
    const dice = this.below(1_000);
    if (dice < 450) return { type: 'StageAdvanced', data: { dealId, from: 's0', to: this.#stageBy(step) } };
    if (dice < 600) return { type: 'OwnerReassigned', data: { dealId, from: null, to: this.#owner(), reason: 'r' } };
    if (dice < 750) return { type: 'DealValued', data: { dealId, amount: this.#amount() } };
    if (dice < 900) return { type: 'NextStepSet', data: { dealId, step: { action: 'visit', dueAt: this.#dueAt() } } };
    if (dice < 999) return { type: 'NextStepCompleted', data: { dealId } };
    return { type: 'WeightOverridden', data: { dealId, weight: this.below(101) / 100, reason: 'r' } };
  }

  #added(dealId: string): DealEvent {
    const about = { dealId, title: `Press line ${dealId}`, customer: { name: `Customer ${dealId}` } };
    const first = { amount: this.#amount(), funnelId: 'f', stage: 's0', ownerId: this.#owner(), expectedClose: null };
    return { type: 'ProspectAdded', data: { ...about, ...first } };
  }

  #closed(dealId: string): DealEvent {
    if (this.below(3) > 0) return { type: 'DealLost', data: { dealId, stage: 's7', reason: 'price' } };
    return { type: 'DealWon', data: { dealId, stage: 's7', amount: this.#amount() } };
  }

  #stageBy(step: number): string {
    return stages[Math.max(0, Math.min(stages.length - 1, step - this.below(3)))] ?? 's0';
  }

  #owner(): string {
    return `o${this.below(ownerCount)}`;
  }

  #amount() {
    return { minor: 1_000 * this.below(1_000_000), currency: 'CNY' };
  }

  #dueAt(): string {
    return new Date(start + this.below(months * 31) * dayMs).toISOString();
  }
}

const back = (dealId: string, step: number): DealEvent =>
  step === 5
    ? { type: 'DealLost', data: { dealId, stage: 's3', reason: 'price' } }
    : { type: 'DealReopened', data: { dealId, stage: 's3', reason: 'they called again' } };
