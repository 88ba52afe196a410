import type { HistoryLine } from '../../../deals/history.ts';

let revision = 0;

/** An event of January 2026, for specs. */
export const line = (day: number, type: string, data: Record<string, unknown> = {}): HistoryLine => {
  const at = `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  revision += 1;
  return {
    ...{ id: `event-${revision}`, type, revision, occurredAt: at, recordedAt: at },
    actor: { user: 'anna', role: 'rep' },
    data: { dealId: 'pumps', ...data },
    ...{ commandId: 'c', correlationId: 'c', causationId: 'c' },
  };
};
