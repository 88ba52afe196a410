import type { EventLog, Projection } from '@funnel/kernel';
import type { Claim } from '../lease.ts';
import type { Tables } from '../tables.ts';

/** A projection of any row over any events, as they stand together in one list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a reducer takes its own events only; the engine matches them
export type AnyProjection = Projection<any, any>;

/** What the engine tells about itself, for logs and metrics. */
export type EngineEvent =
  | { readonly kind: 'lease-taken' | 'lease-lost' | 'flipped' | 'dropped'; readonly build: string }
  | { readonly kind: 'blocked' | 'refused'; readonly build: string; readonly reason: string }
  | { readonly kind: 'parked'; readonly build: string; readonly stream: string; readonly error: unknown }
  | { readonly kind: 'released'; readonly build: string; readonly stream: string }
  | { readonly kind: 'store-fault' | 'fault'; readonly error: unknown };

export interface Timing {
  /** How long a lease holds unless renewed. */
  readonly leaseMs: number;
  /** How often the engine looks for leases, releases and rebuilds. */
  readonly tickMs: number;
  /** Longest rest after a small batch, in which the next one gathers: a busy log is then written in fewer round trips. */
  readonly restMs: number;
  /** How long a replaced collection stays; far longer than any reader follows an old alias. */
  readonly retireMs: number;
}

/** What every part of a run shares. */
export interface Engine {
  readonly tables: Tables;
  readonly log: EventLog;
  readonly claim: Claim;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  readonly tell: (event: EngineEvent) => void;
}
