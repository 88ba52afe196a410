import type { AlertEvent } from '@funnel/sales';

type Raised = Extract<AlertEvent, { type: 'AlertRaised' }>['data'];
type Resolved = Extract<AlertEvent, { type: 'AlertResolved' }>['data'];

/** An alert from its cause to its end. Instants are milliseconds since 1970. */
export interface AlertRow extends Omit<Raised, 'since' | 'dueAt'> {
  readonly since: number;
  readonly dueAt: number;
  readonly status: 'open' | 'acknowledged' | 'resolved';
  readonly raisedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
  readonly resolvedAt: number | null;
  readonly because: Resolved['because'] | null;
  /** Record time of the three events. */
  readonly recordedAt: {
    readonly raised: number;
    readonly acknowledged: number | null;
    readonly resolved: number | null;
  };
  readonly revision: number;
}
