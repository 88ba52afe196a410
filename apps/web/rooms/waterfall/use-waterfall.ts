import type { Answer } from '../../api/routes.ts';
import { useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import { periodOf } from '../../frame/period.ts';
import type { WaterfallSearch } from './route.ts';

export type Waterfall = Answer<'GET', '/api/funnels/:id/waterfall'>;

/** The evening before a day begins: what stood open then is what the day begins with. */
const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

/** What moved the deals of a funnel in a time that ends with the day that is shown. */
export const useWaterfall = (id: string, search: WaterfallSearch) => {
  const { period = 'quarter', owner, team, region, industry } = search;
  const { timeZone, firstAt } = useCompany();
  const { day, asOf } = useShownDay();
  const { from, to } = periodOf(period, day ?? dayOf(Date.now(), timeZone), timeZone);
  const end = to ? justBefore(to) : asOf.asOf;
  const begin = justBefore(from ?? firstAt ?? '1970-01-02T00:00:00Z');
  const query = { from: begin, to: end, owner, team, region, industry };
  return useRead('/api/funnels/:id/waterfall', { params: { id }, query });
};
