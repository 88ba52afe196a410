import type { Answer } from '../../api/routes.ts';
import { useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import { periodOf } from '../../frame/period.ts';
import type { FunnelSearch } from './route.ts';

export type FunnelReport = Answer<'GET', '/api/funnels/:id/report'>;
export type StageFigures = FunnelReport['stages'][number];

/** The filters of the address and the day that is shown, as the API takes them. */
export const useReportQuery = ({ owner, team, period = 'all' }: FunnelSearch) => {
  const { timeZone } = useCompany();
  const { day, asOf } = useShownDay();
  const today = day ?? dayOf(Date.now(), timeZone);
  return { owner, team, ...periodOf(period, today, timeZone), ...asOf };
};

export const useFunnelReport = (id: string, search: FunnelSearch) =>
  useRead('/api/funnels/:id/report', { params: { id }, query: useReportQuery(search) });
