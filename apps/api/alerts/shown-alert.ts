import type { AnswerOf, routes } from '@funnel/contracts';
import type { AlertRow } from '@funnel/sales-views';
import { instantOrNull, shownInstant } from '../reads/present.ts';

export type AlertPage = AnswerOf<(typeof routes)['listAlerts']>;

export const shownAlert = (row: AlertRow): AlertPage['items'][number] => ({
  id: row.alertId,
  kind: row.kind,
  dealId: row.dealId,
  title: row.title,
  funnelId: row.funnelId,
  stage: row.stage,
  part: row.part,
  stageEntry: row.stageEntry,
  ownerId: row.ownerId,
  since: shownInstant(row.since),
  dueAt: shownInstant(row.dueAt),
  limitDays: row.limitDays,
  questions: [...row.questions],
  status: row.status,
  raisedAt: shownInstant(row.raisedAt),
  acknowledgedAt: instantOrNull(row.acknowledgedAt),
  acknowledgedBy: row.acknowledgedBy,
  note: row.note,
  resolvedAt: instantOrNull(row.resolvedAt),
  because: row.because,
  revision: row.revision,
});
