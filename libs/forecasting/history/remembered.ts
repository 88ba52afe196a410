import type { Recorded } from '@funnel/kernel';
import {
  funnel,
  funnelStream,
  repStream,
  type Funnel,
  type FunnelEvent,
  type Membership,
  type RepEvent,
  type SalesEvent,
} from '@funnel/sales';

type Kept<Event> = Event & Pick<Recorded, 'id' | 'stream' | 'at' | 'recordedAt'>;
export type Few = Kept<FunnelEvent> | Kept<Extract<RepEvent, { type: 'RepJoined' | 'RepMoved' }>>;

/** A membership, and the event that told it. */
export interface KnownMembership extends Membership {
  readonly eventId: string;
}

const taken: ReadonlySet<string> = new Set(['FunnelDefined', 'FunnelRevised', 'RepJoined', 'RepMoved']);

/** Events that are few and kept as they came, by stream: how funnels were defined, and who was in which team. */
export class Remembered {
  readonly #events = new Map<string, Few[]>();

  static takes(event: Recorded<SalesEvent>): event is Recorded<SalesEvent> & Few {
    return taken.has(event.type);
  }

  constructor(events: readonly Few[] = []) {
    for (const event of events) this.add(event);
  }

  /** All of them; those of one stream in their order. */
  get events(): readonly Few[] {
    return [...this.#events.values()].flat();
  }

  add({ id, type, data, stream, at, recordedAt }: Few): void {
    const events = this.#events.get(stream) ?? [];
    this.#events.set(stream, events);
    events.push({ id, type, data, stream, at, recordedAt } as Few);
  }

  funnel(funnelId: string, knownAt: number): Funnel {
    const events = this.#known(funnelStream(funnelId), knownAt) as Kept<FunnelEvent>[];
    return events.reduce(funnel.evolve, funnel.initial);
  }

  /** Oldest first. */
  memberships(repId: string, knownAt: number): KnownMembership[] {
    const events = this.#known(repStream(repId), knownAt) as Kept<RepEvent>[];
    return events
      .map(({ id, type, data, at }) => ({ at, teamId: type === 'RepJoined' ? data.teamId : data.to, eventId: id }))
      .sort((one, other) => one.at - other.at);
  }

  #known(stream: string, at: number): Few[] {
    return (this.#events.get(stream) ?? []).filter(({ recordedAt }) => recordedAt <= at);
  }
}
