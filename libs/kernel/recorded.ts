import type { DomainEvent } from './decider.ts';
import type { Position } from './position.ts';

/** Who did it. `system` is the product itself (alerts, presets). */
export interface Actor {
  readonly user: string;
  readonly role: Role;
}
export const roles = ['rep', 'manager', 'admin', 'auditor', 'system'] as const;
export type Role = (typeof roles)[number];

/** What every stored event carries beside its payload. */
export interface Envelope {
  readonly id: string;
  readonly stream: string;
  /** Place in its stream, from 0. */
  readonly revision: number;
  readonly position: Position;
  /** Business time: when it happened. Milliseconds since 1970. */
  readonly at: number;
  /** Record time: when it was written. Milliseconds since 1970. */
  readonly recordedAt: number;
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** Schema version the event was written in (its payload is already in the newest). */
  readonly version: number;
}

/** A stored event, decoded. */
export type Recorded<Event extends DomainEvent = DomainEvent> = Event & Envelope;
