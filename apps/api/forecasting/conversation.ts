import type {
  Backtest,
  BacktestRequest,
  Calibration,
  CalibrationRequest,
  CellPageRequest,
  ComparisonRequest,
  OpenedCell,
  ReforecastRequest,
  Simulation,
  SimulationRequest,
  Waterfall,
  WaterfallRequest,
} from '@funnel/forecasting';
import type { Position } from '@funnel/kernel';

/** What the API and the thread that holds the history say to each other. */
export type Question = Asked & {
  /** Only what was recorded by then, milliseconds since 1970; everything when absent. */
  readonly knownAt?: number | undefined;
};
type Asked =
  | { readonly kind: 'reforecast'; readonly request: ReforecastRequest }
  | { readonly kind: 'comparison'; readonly request: ComparisonRequest }
  | { readonly kind: 'cell'; readonly request: CellPageRequest }
  | { readonly kind: 'calibration'; readonly request: CalibrationRequest }
  | { readonly kind: 'simulation'; readonly request: SimulationRequest }
  | { readonly kind: 'backtest'; readonly request: BacktestRequest }
  | { readonly kind: 'waterfall'; readonly request: WaterfallRequest };

/** JSON in UTF-8, as it is sent: thousands of cells are written by the thread, and keep nobody waiting. */
export type Body = Uint8Array;

/** SHA-256 of a request and its exact figures. */
export interface Sealed {
  readonly digest: string;
}

/** What a question is answered with, by its kind. */
export interface Findings {
  readonly reforecast: Body;
  readonly comparison: Body;
  readonly cell: OpenedCell;
  readonly calibration: Calibration & Sealed;
  readonly simulation: Simulation & Sealed;
  readonly backtest: Backtest & Sealed;
  readonly waterfall: Waterfall;
}

/** How much of the log the findings rest on. */
export interface Basis {
  readonly position: Position;
  readonly unreadableEvents: number;
}

export type Refusal =
  | { readonly kind: 'funnel-unknown'; readonly isKnownNow: boolean }
  | { readonly kind: 'stage-unknown'; readonly stages: readonly string[]; readonly known: readonly string[] }
  /** The history has not reached the end of the log in time. */
  | { readonly kind: 'behind' };

export type Reply<Kind extends Question['kind'] = Question['kind']> =
  { readonly kind: 'found'; readonly found: Findings[Kind]; readonly basis: Basis } | Refusal;

export interface ThreadSettings {
  readonly eventStoreUrl: string;
  /** The file in which the history is kept over restarts. */
  readonly historyFile: string;
}
