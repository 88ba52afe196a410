import type { Moment } from '@funnel/kernel';
import type { OtherVersion } from '@funnel/read-store';
import type {
  AgingFilter,
  AgingPlace,
  AgingReport,
  CohortRequest,
  DealPlace,
  FunnelReport,
  OpenOwner,
  FunnelReportRequest,
  PastDealsRequest,
  QuotaReport,
  QuotaRequest,
} from '@funnel/sales-views';

/** What the API and the thread that holds the views in memory say to each other. */
export type Question = Asked & {
  readonly moment: Moment;
  /** Whether the moment is that of asking: an answer of the last second will do, and says of when it is. */
  readonly isNow: boolean;
};
type Asked =
  | { readonly kind: 'funnel'; readonly request: FunnelQuestion }
  | { readonly kind: 'quota'; readonly request: Pick<QuotaRequest, 'subject' | 'period'> }
  | { readonly kind: 'quotas'; readonly request: QuotasQuestion }
  | { readonly kind: 'cohort'; readonly request: CohortQuestion }
  | { readonly kind: 'titles'; readonly request: { readonly dealIds: readonly string[] } }
  | { readonly kind: 'aging'; readonly request: AgingQuestion }
  | { readonly kind: 'owners'; readonly request: OwnersQuestion }
  | { readonly kind: 'pastDeals'; readonly request: Omit<PastDealsRequest, 'journeys' | 'reps' | 'asOf'> };

export interface FunnelQuestion extends Pick<FunnelReportRequest, 'filter' | 'from' | 'to'> {
  readonly funnelId: string;
}

/** Those behind a figure of the same report. */
export type CohortQuestion = FunnelQuestion & Pick<CohortRequest, 'stage' | 'outcome' | 'after' | 'limit'>;

export interface QuotasQuestion extends Pick<QuotaRequest, 'period'> {
  readonly subjects: readonly string[];
}

export interface AgingQuestion {
  readonly filter: AgingFilter;
  /** Whether deals are looked at as they stood, and not as they stand. */
  readonly isPast: boolean;
  /** Deals are told from behind this one on, wherever that has gone since; all of them are counted. */
  readonly behind: AgingPlace | null;
  readonly limit: number;
}

export interface OwnersQuestion extends Pick<AgingQuestion, 'isPast'> {
  readonly funnelId: string | undefined;
}

export type AgingPage = AgingReport & { readonly hasMore: boolean };

/** What a question is answered with, by its kind; `undefined` where there is no such funnel or period. */
export interface Findings {
  readonly funnel: FunnelReport | undefined;
  readonly quota: QuotaReport | undefined;
  readonly quotas: readonly QuotaReport[] | undefined;
  readonly cohort: readonly DealPlace[] | undefined;
  /** What the deals are called, by id; those that the views do not show yet are left out. */
  readonly titles: ReadonlyMap<string, string>;
  readonly aging: AgingPage;
  readonly owners: readonly OpenOwner[];
  readonly pastDeals: readonly DealPlace[];
}

export type Reply<Kind extends Question['kind'] = Question['kind']> =
  | { readonly kind: 'found'; readonly found: Findings[Kind] }
  | { readonly kind: 'unavailable' }
  /** What an error of that name says. */
  | { readonly kind: 'otherVersion'; readonly error: Pick<OtherVersion, 'view' | 'version'> };

export interface ThreadSettings {
  readonly readStoreUrl: string;
  readonly timeZone: string;
  readonly baseCurrency: string;
}
