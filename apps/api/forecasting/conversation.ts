import type { Accuracy, Reforecast, ReforecastRequest } from '@funnel/forecasting';
import type { Position } from '@funnel/kernel';

/** What the API and the thread that holds the history say to each other. */
export interface Question {
  readonly id: number;
  readonly reforecast: ReforecastRequest;
}

export interface Forecast extends Reforecast {
  readonly accuracy: Accuracy;
  /** SHA-256 of the request and the exact figures. */
  readonly digest: string;
  readonly position: Position;
  readonly unreadableEvents: number;
}

export type Reply =
  | { readonly kind: 'forecast'; readonly forecast: Forecast }
  | { readonly kind: 'funnel-unknown' }
  | { readonly kind: 'stage-unknown'; readonly stages: readonly string[] }
  /** The history has not reached the end of the log in time. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'failed'; readonly message: string };

export interface Answer {
  readonly id: number;
  readonly reply: Reply;
}

export interface ThreadSettings {
  readonly eventStoreUrl: string;
}
