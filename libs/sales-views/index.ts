export { salesViews } from './sales-views.ts';
export { deals } from './deals/deals.ts';
export { dealAt } from './deals/deal-at.ts';
export type { ToldOfDeal } from './deals/deal-at.ts';
export { pastDeals } from './deals/past-deals.ts';
export type { DealOrder, DealPlace, PastDealsFilter, PastDealsRequest } from './deals/past-deals.ts';
export { wantedWords } from './deals/search.ts';
export type { DealRow, DealStatus, NextStep } from './deals/deal-row.ts';
export { dealWeight, weighableDeal, weightCauses } from './deals/deal-weight.ts';
export type { DealWeight, Weighable, WeightCause } from './deals/deal-weight.ts';
export { dealTimeline, timelinePage } from './deals/deal-timeline.ts';
export { entriesPerPage } from './deals/timeline-row.ts';
export type { TimelineEntry, TimelineRow } from './deals/timeline-row.ts';
export { journeys } from './journeys/journeys.ts';
export type { Fact, FactKind, Journey } from './journeys/journey.ts';
export type { DealFilter } from './journeys/deal-filter.ts';
export { standingAt } from './journeys/standing.ts';
export type { Standing } from './journeys/standing.ts';
export { courseUntil } from './journeys/course.ts';
export type { Course, Visit } from './journeys/course.ts';
export { weigh } from './journeys/weigh.ts';
export { aging } from './aging/aging.ts';
export type { AgingRow } from './aging/aging-row.ts';
export { agingStates } from './aging/aging-report.types.ts';
export type {
  AgingDeal,
  AgingFilter,
  AgingReport,
  AgingRequest,
  AgingStage,
  AgingState,
} from './aging/aging-report.types.ts';
export { agingAt, agingReport, byHowFarOver } from './aging/aging-report.ts';
export { openOwners } from './aging/open-owners.ts';
export type { OpenOwner } from './aging/open-owners.ts';
export type { AgingPlace } from './aging/aging-report.ts';
export { funnels, versionAt } from './funnel/funnels.ts';
export type { FunnelRow, FunnelVersion } from './funnel/funnel-row.ts';
export type {
  Activity,
  FunnelReport,
  FunnelReportRequest,
  FunnelTotals,
  StageMoves,
  StageReport,
  Velocity,
} from './funnel/funnel-report.types.ts';
export { funnelReport } from './funnel/funnel-report.ts';
export { quotaAt, quotaKey, quotas } from './quota/quotas.ts';
export type { QuotaRow, QuotaVersion } from './quota/quota-row.ts';
export type { QuotaFigures, QuotaReport, QuotaRequest } from './quota/quota-report.types.ts';
export { cohortDeals, type CohortRequest } from './funnel/cohort-deals.ts';
export { quotaReport, quotaReports } from './quota/quota-report.ts';
export { reps, teams } from './people/people.ts';
export type { RecordedMembership, RepRow, TeamRow, TeamVersion } from './people/people-rows.ts';
export { teamAt } from './people/teams-at.ts';
export { funnelKnownAt, journeyKnownAt, knownAmong, quotaKnownAt, repKnownAt, teamKnownAt } from './known.ts';
export type { Known } from './known.ts';
export { inForce } from './versions.ts';
export { alerts } from './alerts/alerts.ts';
export { alertAt } from './alerts/alert-at.ts';
export type { AlertRow } from './alerts/alert-row.ts';
export type { DurationStatistics } from './statistics.ts';
