import type { Answer } from '../../api/routes.ts';
import { useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import { periodOf, type PeriodName } from '../../frame/period.ts';

export type Waterfall = Answer<'GET', '/api/funnels/:id/waterfall'>;

/** The evening before a day begins: what stood open then is what the day begins with. */
const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

/** What moved a funnel in a time that ends with the day that is shown. */
export const useWaterfall = (id: string, period: PeriodName) => {
  const { timeZone, firstAt } = useCompany();
  const { day, asOf } = useShownDay();
  const { from, to } = periodOf(period, day ?? dayOf(Date.now(), timeZone), timeZone);
  const end = to ? justBefore(to) : asOf.asOf;
  const query = { from: justBefore(from ?? firstAt ?? '1970-01-02T00:00:00Z'), to: end };
  return useRead('/api/funnels/:id/waterfall', { params: { id }, query });
};
