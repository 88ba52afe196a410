import { parseInstant, wholeWeight, type Money, type Recorded } from '@funnel/kernel';
import { funnel, type DealEvent, type Funnel, type FunnelEvent, type RepEvent, type SalesEvent } from '@funnel/sales';
import { EventIds } from './event-ids.ts';
import { Facts, type Fact, type Told } from './facts.ts';
import { codes, floats } from './growing.ts';
import { Names } from './names.ts';
import { stateAfterEach, type Rows } from './rows.ts';

type EventNamed<Type> = Recorded<Extract<DealEvent, { type: Type }>>;

/** A team and since when a rep is in it, milliseconds since 1970; in recording order. */
export interface Membership {
  readonly at: number;
  readonly teamId: string | null;
}

/** What forecasts need of the log, packed: fed with every event in the order of the log, asked at any time. */
export class History {
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
  readonly #funnels = new Map<string, Funnel>();
  readonly #memberships = new Map<string, Membership[]>();
  readonly #facts = new Facts();
  /** By deal. */
  readonly #funnelOf = codes();
  readonly #regionOf = codes();
  readonly #addedAt = floats();
  #rows: Rows | undefined;

  /** Events of other kinds are passed over. */
  add(event: Recorded<SalesEvent>): void {
    if (event.type === 'FunnelDefined' || event.type === 'FunnelRevised') this.#define(event);
    else if (event.type === 'RepJoined' || event.type === 'RepMoved') this.#join(event);
    else if ('dealId' in event.data && event.stream.startsWith('deal-')) this.#tell(event as Recorded<DealEvent>);
  }

  funnel(funnelId: string): Funnel {
    return this.#funnels.get(funnelId) ?? funnel.initial;
  }

  /** The teams of a rep, oldest first. */
  memberships(repId: string): readonly Membership[] {
    return this.#memberships.get(repId) ?? [];
  }

  /** How every deal stood after each of its facts. */
  rows(): Rows {
    this.#rows ??= stateAfterEach(this.#facts, {
      funnelOf: this.#funnelOf.values.slice(),
      regionOf: this.#regionOf.values.slice(),
    });
    return this.#rows;
  }

  #define(event: Recorded<FunnelEvent>): void {
    const { funnelId } = event.data;
    this.#funnels.set(funnelId, funnel.evolve(this.funnel(funnelId), event));
  }

  #join({ data, at, type }: Recorded<RepEvent>): void {
    const teamId =
      type === 'RepJoined' ? (data as { teamId: string | null }).teamId : (data as { to: string | null }).to;
    const before = this.#memberships.get(data.repId) ?? [];
    // Whoever counted by teams from these rows has to count anew.
    this.#rows = undefined;
    this.#memberships.set(
      data.repId,
      [...before, { at, teamId }].sort((one, other) => one.at - other.at),
    );
  }

  #tell(event: Recorded<DealEvent>): void {
    const { data, at, revision, id } = event;
    if (event.type === 'ProspectAdded') return this.#begin(event);
    const deal = this.deals.find(data.dealId);
    const facts = deal === undefined ? undefined : this.#factsOf(event);
    if (deal === undefined || !facts) return;
    // A change of a deal cannot be older than the deal: it counts from the beginning.
    const told: Told = { deal, at: Math.max(at, this.#addedAt.at(deal) ?? at), revision };
    this.#keep(id, told, facts);
  }

  #begin({ data, at, revision, id }: EventNamed<'ProspectAdded'>): void {
    if (this.deals.find(data.dealId) !== undefined) return;
    const deal = this.deals.code(data.dealId);
    this.#funnelOf.push(this.funnelNames.code(data.funnelId));
    this.#regionOf.push(this.regions.code(data.customer.region ?? null));
    this.#addedAt.push(at);
    const told: Told = { deal, at, revision };
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
