import type { DomainEvent, Moment, Projection } from '@funnel/kernel';
import type { KeptRows, ReadStore } from '@funnel/read-store';
import {
  aging,
  funnelKnownAt,
  funnels,
  journeyKnownAt,
  journeys,
  knownAmong,
  quotaKnownAt,
  quotas,
  repKnownAt,
  reps,
  type AgingRow,
  type Known,
} from '@funnel/sales-views';

/** Every row of a view as it was known at a moment. */
type KnownRows<Row> = (moment: Moment) => Promise<Iterable<Row>>;

/** The rows that reports are made from, held in memory; each question fetches what is new. */
export class HeldViews {
  readonly #held: KeptRows<object>[] = [];
  readonly #aging: KeptRows<AgingRow>;
  readonly journeys;
  readonly funnels;
  readonly quotas;
  readonly reps;

  constructor(private readonly store: ReadStore) {
    this.#aging = this.hold(aging);
    this.journeys = this.knownRows(journeys, journeyKnownAt);
    this.funnels = this.knownRows(funnels, funnelKnownAt);
    this.quotas = this.knownRows(quotas, quotaKnownAt);
    this.reps = this.knownRows(reps, repKnownAt);
  }

  /** Where every deal stands now. */
  aging(): Promise<Iterable<AgingRow>> {
    return this.#aging.all();
  }

  /** Fetches what is new, so that there is little to fetch when somebody asks. @throws {ReadStoreUnavailable} */
  async refresh(): Promise<void> {
    for (const rows of this.#held) await rows.all();
  }

  private hold<Row extends object, Event extends DomainEvent>(view: Projection<Row, Event>): KeptRows<Row> {
    const rows = this.store.keep(view);
    this.#held.push(rows);
    return rows;
  }

  private knownRows<Row extends object, Event extends DomainEvent>(
    view: Projection<Row, Event>,
    knownAs: Known<Row>,
  ): KnownRows<Row> {
    const held = this.hold(view);
    return async ({ knownAt }) => {
      const rows = await held.all();
      return Number.isFinite(knownAt) ? knownAmong(rows, knownAs, knownAt) : rows;
    };
  }
}
