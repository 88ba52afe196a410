import type { DomainEvent, Projection } from '@funnel/kernel';
import type { KeptRows, ReadStore } from '@funnel/read-store';
import {
  aging,
  funnels,
  journeys,
  quotas,
  reps,
  type AgingRow,
  type FunnelRow,
  type Journey,
  type QuotaRow,
  type RepRow,
} from '@funnel/sales-views';

/** Every row that reports are made from, as the views show them now. */
export interface HeldRows {
  readonly journeys: Iterable<Journey>;
  readonly aging: Iterable<AgingRow>;
  readonly funnels: Iterable<FunnelRow>;
  readonly quotas: Iterable<QuotaRow>;
  readonly reps: Iterable<RepRow>;
  /** Another text after any change of a row. */
  readonly state: string;
}

/** Holds the rows that reports are made from in memory, and fetches what is new. */
export class HeldViews {
  readonly #held: KeptRows<object>[] = [];
  readonly #journeys: KeptRows<Journey>;
  readonly #aging: KeptRows<AgingRow>;
  readonly #funnels: KeptRows<FunnelRow>;
  readonly #quotas: KeptRows<QuotaRow>;
  readonly #reps: KeptRows<RepRow>;

  constructor(private readonly store: ReadStore) {
    this.#journeys = this.hold(journeys);
    this.#aging = this.hold(aging);
    this.#funnels = this.hold(funnels);
    this.#quotas = this.hold(quotas);
    this.#reps = this.hold(reps);
  }

  /** @throws {ReadStoreUnavailable} @throws {OtherVersion} */
  async rows(): Promise<HeldRows> {
    const [ofDeals, standing, ofFunnels, ofQuotas, ofReps] = await Promise.all([
      this.#journeys.all(),
      this.#aging.all(),
      this.#funnels.all(),
      this.#quotas.all(),
      this.#reps.all(),
    ]);
    return {
      ...{ journeys: ofDeals, aging: standing, funnels: ofFunnels, quotas: ofQuotas, reps: ofReps },
      state: this.#held.map(({ changes }) => changes).join(),
    };
  }

  private hold<Row extends object, Event extends DomainEvent>(view: Projection<Row, Event>): KeptRows<Row> {
    const rows = this.store.keep(view);
    this.#held.push(rows);
    return rows;
  }
}
