import type { Recorded } from '@funnel/kernel';
import type { DealEvent, Funnel, SalesEvent } from '@funnel/sales';
import { beginning, type Change, changeOf } from './change.ts';
import { mostCurrencies, mostOwners, mostStages } from './columns.ts';
import { Dues } from './dues.ts';
import { blocksInMemory } from './event-blocks.ts';
import { codes, sharedCodes, sharedCopy } from './growing.ts';
import { knownRows } from './known-rows.ts';
import { ManyNames } from './many-names.ts';
import { Names } from './names.ts';
import { nothing, packedColumns, type Packed, type Unpacked } from './packing.ts';
import { Remembered, type KnownMembership } from './remembered.ts';
import { RowStore } from './row-store.ts';
import { status, type Rows } from './rows.ts';
import type { Told } from './told.ts';
import { ToldEvents } from './told-events.ts';
import { Waiting } from './waiting.ts';

/** What was known of all deals at some instant. */
export interface KnownHistory extends Pick<
  History,
  'deals' | 'funnelNames' | 'stages' | 'currencies' | 'owners' | 'regions' | 'industries'
> {
  funnel(funnelId: string): Funnel;
  /** The teams of a rep, oldest first. */
  memberships(repId: string): readonly KnownMembership[];
  /** How every deal stood after each of its events; another object once there is more. */
  rows(): Rows;
  /** The ids of events, by the numbers that rows tell. */
  eventIds(events: ArrayLike<number>): string[];
}

type Added = Extract<DealEvent, { type: 'ProspectAdded' }>['data'];

/** What so many events are about lies near the processor by the time that it is written to. */
export const takenAtOnce = 256;

const isOfDeal = (event: Recorded<SalesEvent>): event is Recorded<DealEvent> => event.stream.startsWith('deal-');

/** What forecasts need of the log, packed: fed with every event in the order of the log, asked at any time. */
export class History implements KnownHistory {
  readonly deals: ManyNames;
  readonly funnelNames: Names;
  readonly stages: Names;
  readonly currencies: Names;
  /** Nobody is 0. */
  readonly owners: Names<string | null>;
  /** No region is 0. */
  readonly regions: Names<string | null>;
  /** No industry is 0. */
  readonly industries: Names<string | null>;
  /** When next steps are due. */
  readonly dues: Dues;
  /** Of funnels and reps: there are few of them. */
  readonly #remembered: Remembered;
  readonly #store: RowStore;
  readonly #events: ToldEvents;
  /** By deal. */
  readonly #funnelOf: ReturnType<typeof sharedCodes>;
  readonly #regionOf: ReturnType<typeof sharedCodes>;
  readonly #industryOf: ReturnType<typeof sharedCodes>;
  readonly #winsOf: ReturnType<typeof codes>;
  readonly #weighedDeals: Set<number>;
  /** By the number of the event: -1 where one was taken back. */
  readonly #ownWeights: Map<number, number>;
  #largestSum: number;
  readonly #waiting = new Waiting();
  #rows: Rows | undefined;

  /** Goes on from what {@link packed} gave. `blocks`: where events are that are asked for now and then only. */
  constructor({ head, columns, deals, events, dues }: Unpacked = nothing(), blocks = blocksInMemory()) {
    this.deals = new ManyNames(head.names.deals);
    this.funnelNames = new Names(head.names.funnelNames);
    this.stages = new Names(head.names.stages, mostStages);
    this.currencies = new Names(head.names.currencies, mostCurrencies);
    this.owners = new Names(head.names.owners, mostOwners);
    this.regions = new Names(head.names.regions);
    this.industries = new Names(head.names.industries);
    this.dues = new Dues(dues);
    this.#remembered = new Remembered(head.remembered);
    const { first, end, limit, funnelOf, regionOf, industryOf, winsOf } = deals;
    this.#store = new RowStore({ columns, length: head.rows, abandoned: head.abandoned, first, end, limit });
    this.#events = new ToldEvents(events, blocks);
    this.#funnelOf = sharedCodes(funnelOf);
    this.#regionOf = sharedCodes(regionOf);
    this.#industryOf = sharedCodes(industryOf);
    this.#winsOf = codes(winsOf);
    this.#weighedDeals = new Set(head.weighedDeals);
    this.#ownWeights = new Map(head.ownWeights);
    this.#largestSum = head.largestSum;
  }

  /** Events of other kinds are passed over. */
  addAll(events: readonly Recorded<SalesEvent>[]): void {
    for (let from = 0; from < events.length; from += takenAtOnce) this.#addSome(events.slice(from, from + takenAtOnce));
  }

  /** Gives all that wait their rows, wherever their business time puts them. Asking for rows does so, too. */
  giveRows(): void {
    // Whoever counted from the rows need not count anew.
    if (this.#waiting.count === 0) return;
    this.#rows = undefined;
    for (const told of this.#waiting.batches) {
      for (let from = 0; from < told.count; from += takenAtOnce) {
        this.#store.take(told, from, Math.min(told.count, from + takenAtOnce));
      }
    }
    this.#waiting.clear();
  }

  funnel(funnelId: string): Funnel {
    return this.#remembered.funnel(funnelId, Infinity);
  }

  memberships(repId: string): readonly KnownMembership[] {
    return this.#remembered.memberships(repId, Infinity);
  }

  eventIds(events: ArrayLike<number>): string[] {
    return this.#events.idsOf(events);
  }

  rows(): Rows {
    this.giveRows();
    this.#rows ??= this.#present();
    return this.#rows;
  }

  /** How many rows there are, abandoned ones, room for more, and those to be given included. */
  get rowCount(): number {
    return this.#store.kept.length + this.#waiting.count;
  }

  /**
   * All of it, to be kept as bytes. Stays as it is while more is added, but for columns of which there is more: the runs
   * are copied, and a row is never written twice.
   */
  packed(): Packed {
    this.giveRows();
    const { columns, length, abandoned, first, end, limit } = this.#store.kept;
    const runs = { first: first.slice(), end: end.slice(), limit: limit.slice() };
    const deals = { ...runs, ...this.#dealCodes, winsOf: this.#winsOf.values.slice() };
    const [events, dues] = [this.#events.packed, this.dues.instants];
    const names = {
      ...{ deals: this.deals.texts, funnelNames: [...this.funnelNames.texts], stages: [...this.stages.texts] },
      ...{ currencies: [...this.currencies.texts], owners: [...this.owners.texts], regions: [...this.regions.texts] },
      industries: [...this.industries.texts],
    };
    const { events: remembered } = this.#remembered;
    const [weighedDeals, ownWeights] = [[...this.#weighedDeals], [...this.#ownWeights]];
    const known = { remembered, weighedDeals, ownWeights, largestSum: this.#largestSum };
    const head = { rows: length, abandoned, events: events.count, dues: dues.length, names, ...known };
    return { head, columns: packedColumns({ head, columns, deals, events, dues }), blocks: this.#events.blocks };
  }

  /** Puts the rows together where they have come apart by what was added. */
  compact(): void {
    this.giveRows();
    this.#store.compact();
    this.#rows = undefined;
  }

  /** The same history with nothing in it that was recorded after an instant, milliseconds since 1970. */
  knownAt(at: number): KnownHistory {
    let rows: Rows | undefined;
    const { deals, funnelNames, stages, currencies, owners, regions, industries } = this;
    return {
      ...{ deals, funnelNames, stages, currencies, owners, regions, industries },
      funnel: (funnelId) => this.#remembered.funnel(funnelId, at),
      memberships: (repId) => this.#remembered.memberships(repId, at),
      rows: () => (rows ??= knownRows(this.rows(), this.#events.recordedBy(at))),
      eventIds: (events) => this.eventIds(events),
    };
  }

  get #dealCodes() {
    return {
      funnelOf: this.#funnelOf.values,
      regionOf: this.#regionOf.values,
      industryOf: this.#industryOf.values,
    };
  }

  #present(): Rows {
    const { columns, first, end } = this.#store.kept;
    return {
      ...{ ...columns, first: sharedCopy(first), end: sharedCopy(end) },
      ...{ ...this.#dealCodes, winsOf: sharedCopy(this.#winsOf.values) },
      ...{ weighedDeals: [...this.#weighedDeals], ownWeights: this.#ownWeights },
      ...{ dues: this.dues.instants, largestSum: this.#largestSum },
    };
  }

  /** Writes down what some events tell of deals, in codes. */
  #addSome(events: readonly Recorded<SalesEvent>[]): void {
    const ofDeals: Recorded<DealEvent>[] = [];
    for (const event of events) {
      if (Remembered.takes(event)) this.#remember(event);
      else if (isOfDeal(event)) ofDeals.push(event);
    }
    this.deals.glimpse(ofDeals.map(({ data }) => data.dealId));
    if (this.#waiting.isFullFor(ofDeals.length)) this.giveRows();
    const told = this.#waiting.placeFor(ofDeals.length);
    for (const event of ofDeals) this.#decode(event, told);
  }

  #remember(event: Parameters<Remembered['add']>[0]): void {
    this.#remembered.add(event);
    // Whoever counted by teams or limits from these rows has to count anew.
    this.#rows = undefined;
  }

  #decode(event: Recorded<DealEvent>, told: Told): void {
    const known = this.deals.find(event.data.dealId);
    const isAdded = event.type === 'ProspectAdded';
    // Nothing is told of a deal that is unknown, and nobody begins twice.
    if (isAdded !== (known === undefined)) return;
    const change = isAdded ? beginning(this, event) : changeOf(this, event);
    if (!change) return;
    if (isAdded) this.#begin(event.data);
    const number = this.#events.add(event.id, event.recordedAt);
    const deal = known ?? this.deals.code(event.data.dealId);
    told.add(deal, { at: event.at, event: number }, change);
    this.#note(deal, number, change);
  }

  #begin({ funnelId, customer }: Added): void {
    this.#funnelOf.push(this.funnelNames.code(funnelId));
    this.#regionOf.push(this.regions.code(customer.region ?? null));
    this.#industryOf.push(this.industries.code(customer.industry ?? null));
    this.#winsOf.push(0);
  }

  /** What is known of all rows of a deal, or of all deals, beside the rows. */
  #note(deal: number, event: number, { minor, weight, status: now }: Change): void {
    this.#largestSum += Math.abs(minor);
    if (weight !== undefined) this.#ownWeights.set(event, weight);
    if (weight !== undefined && weight >= 0) this.#weighedDeals.add(deal);
    if (now === status.won) this.#winsOf.put(deal, this.#winsOf.at(deal)! + 1);
  }
}
