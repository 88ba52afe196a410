import { parseInstant, wholeWeight, type Money, type Recorded } from '@funnel/kernel';
import {
  funnel,
  funnelStream,
  repStream,
  type DealEvent,
  type Funnel,
  type FunnelEvent,
  type Membership,
  type RepEvent,
  type SalesEvent,
} from '@funnel/sales';
import { EventIds } from './event-ids.ts';
import { Facts, type Fact, type Told } from './facts.ts';
import { codes, floats } from './growing.ts';
import { Names } from './names.ts';
import { stateAfterEach, type Rows } from './rows.ts';

type EventNamed<Type> = Recorded<Extract<DealEvent, { type: Type }>>;

/** What was known of all deals at some instant. */
export interface KnownHistory extends Pick<
  History,
  'deals' | 'funnelNames' | 'stages' | 'currencies' | 'owners' | 'regions' | 'eventIds'
> {
  funnel(funnelId: string): Funnel;
  /** The teams of a rep, oldest first. */
  memberships(repId: string): readonly Membership[];
  /** How every deal stood after each of its facts. */
  rows(): Rows;
}

type Remembered = Recorded<FunnelEvent> | Recorded<RepEvent>;

/** What forecasts need of the log, packed: fed with every event in the order of the log, asked at any time. */
export class History implements KnownHistory {
  readonly deals = new Names();
  readonly funnelNames = new Names();
  readonly stages = new Names();
  readonly currencies = new Names();
  /** Nobody is 0. */
  readonly owners = new Names<string | null>([null]);
  /** No region is 0. */
  readonly regions = new Names<string | null>([null]);
  /** Of the event behind each fact. */
  readonly eventIds = new EventIds();
  /** Of funnels and reps, by stream: there are few of them. */
  readonly #remembered = new Map<string, Remembered[]>();
  readonly #facts = new Facts();
  /** By deal. */
  readonly #funnelOf = codes();
  readonly #regionOf = codes();
  readonly #addedAt = floats();
  #rows: Rows | undefined;

  /** Events of other kinds are passed over. */
  add(event: Recorded<SalesEvent>): void {
    if (isRemembered(event)) this.#remember(event);
    else if ('dealId' in event.data && event.stream.startsWith('deal-')) this.#tell(event as Recorded<DealEvent>);
  }

  funnel(funnelId: string): Funnel {
    return this.#funnel(funnelId, Infinity);
  }

  memberships(repId: string): readonly Membership[] {
    return this.#membershipsOf(repId, Infinity);
  }

  rows(): Rows {
    this.#rows ??= this.#rowsKnownAt(Infinity);
    return this.#rows;
  }

  /** The same history with nothing in it that was recorded after an instant, milliseconds since 1970. */
  knownAt(at: number): KnownHistory {
    let rows: Rows | undefined;
    const { deals, funnelNames, stages, currencies, owners, regions, eventIds } = this;
    return {
      ...{ deals, funnelNames, stages, currencies, owners, regions, eventIds },
      funnel: (funnelId) => this.#funnel(funnelId, at),
      memberships: (repId) => this.#membershipsOf(repId, at),
      rows: () => (rows ??= this.#rowsKnownAt(at)),
    };
  }

  #rowsKnownAt(at: number): Rows {
    const deals = { funnelOf: this.#funnelOf.values.slice(), regionOf: this.#regionOf.values.slice() };
    return stateAfterEach(this.#facts, deals, at);
  }

  #known(stream: string, at: number): Remembered[] {
    return (this.#remembered.get(stream) ?? []).filter(({ recordedAt }) => recordedAt <= at);
  }

  #funnel(funnelId: string, at: number): Funnel {
    const events = this.#known(funnelStream(funnelId), at) as Recorded<FunnelEvent>[];
    return events.reduce(funnel.evolve, funnel.initial);
  }

  #membershipsOf(repId: string, knownAt: number): Membership[] {
    const events = this.#known(repStream(repId), knownAt) as Recorded<RepEvent>[];
    return events
      .map(({ type, data, at }) => ({ at, teamId: type === 'RepJoined' ? data.teamId : data.to }))
      .sort((one, other) => one.at - other.at);
  }

  #remember(event: Remembered): void {
    this.#remembered.set(event.stream, [...(this.#remembered.get(event.stream) ?? []), event]);
    // Whoever counted by teams or limits from these rows has to count anew.
    this.#rows = undefined;
  }

  #tell(event: Recorded<DealEvent>): void {
    const { data, at, recordedAt, revision, id } = event;
    if (event.type === 'ProspectAdded') return this.#begin(event);
    const deal = this.deals.find(data.dealId);
    const facts = deal === undefined ? undefined : this.#factsOf(event);
    if (deal === undefined || !facts) return;
    // A change of a deal cannot be older than the deal: it counts from the beginning.
    const told: Told = { deal, at: Math.max(at, this.#addedAt.at(deal) ?? at), recordedAt, revision };
    this.#keep(id, told, facts);
  }

  #begin({ data, at, recordedAt, revision, id }: EventNamed<'ProspectAdded'>): void {
    if (this.deals.find(data.dealId) !== undefined) return;
    const deal = this.deals.code(data.dealId);
    this.#funnelOf.push(this.funnelNames.code(data.funnelId));
    this.#regionOf.push(this.regions.code(data.customer.region ?? null));
    this.#addedAt.push(at);
    const told: Told = { deal, at, recordedAt, revision };
    this.#keep(id, told, [
      { kind: 'entered', code: this.stages.code(data.stage) },
      this.#worth(data.amount),
      { kind: 'owned', code: this.owners.code(data.ownerId) },
    ]);
  }

  #keep(eventId: string, told: Told, facts: readonly Fact[]): void {
    this.#rows = undefined;
    for (const fact of facts) {
      this.#facts.add(told, fact);
      this.eventIds.push(eventId);
    }
  }

  #worth({ minor, currency }: Money): Fact {
    return { kind: 'valued', code: this.currencies.code(currency), number: minor };
  }

  /** What an event says that a forecast depends on; nothing for contacts, criteria and the like. */
  #factsOf(event: Recorded<DealEvent>): readonly Fact[] | undefined {
    switch (event.type) {
      case 'StageAdvanced':
      case 'StageRegressed':
        return [{ kind: 'entered', code: this.stages.code(event.data.to) }];
      case 'DealReopened':
        return [{ kind: 'reopened', code: this.stages.code(event.data.stage) }];
      case 'DealValued':
        return event.data.amount && [this.#worth(event.data.amount)];
      case 'OwnerReassigned':
        return [{ kind: 'owned', code: this.owners.code(event.data.to) }];
      case 'DealWon':
        return [this.#worth(event.data.amount), { kind: 'won' }];
      case 'DealLost':
        return [{ kind: 'lost' }];
      default:
        return weighing(event);
    }
  }
}

const remembered: ReadonlySet<string> = new Set(['FunnelDefined', 'FunnelRevised', 'RepJoined', 'RepMoved']);
const isRemembered = (event: Recorded<SalesEvent>): event is Remembered => remembered.has(event.type);

/** Facts that change what an amount weighs. */
const weighing = (event: Recorded<DealEvent>): readonly Fact[] | undefined => {
  switch (event.type) {
    case 'NextStepSet': {
      const { dueAt } = event.data.step;
      return [{ kind: 'planned', number: dueAt === null ? Infinity : (parseInstant(dueAt) ?? Infinity) }];
    }
    case 'NextStepCompleted':
      return [{ kind: 'planned', number: -Infinity }];
    case 'WeightOverridden':
      return [{ kind: 'weighed', number: Math.round(event.data.weight * wholeWeight) }];
    case 'WeightOverrideCleared':
      return [{ kind: 'weighed', number: -1 }];
    default:
      return undefined;
  }
};
