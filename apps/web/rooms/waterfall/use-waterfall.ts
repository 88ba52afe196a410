import type { Answer } from '../../api/routes.ts';
import { useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import type { WaterfallSearch } from './route.ts';
import { stretchOf } from './stretch.ts';

export type Waterfall = Answer<'GET', '/api/funnels/:id/waterfall'>;

/** What moved the deals of a funnel in a time that ends, at the latest, with the day that is shown. */
export const useWaterfall = (id: string, search: WaterfallSearch) => {
  const { owner, team, region, industry } = search;
  const company = useCompany();
  const { day, asOf } = useShownDay();
  const { from, to = asOf.asOf } = stretchOf(search, day ?? dayOf(Date.now(), company.timeZone), company);
  return useRead('/api/funnels/:id/waterfall', { params: { id }, query: { from, to, owner, team, region, industry } });
};
