import { useRead } from '../../api/use-read.ts';
import { useShownDay } from '../../frame/as-of.ts';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';
import { useCompany, useMe } from '../../frame/company.ts';
import { dayOf } from '../../frame/days.ts';
import { periodOf } from '../../frame/period.ts';

const quarterOf = (day: string) => ({ year: day.slice(0, 4), number: Math.ceil(Number(day.slice(5, 7)) / 3) });

const attentionLimit = 6;

/** What a rep reads of his own deals, and everybody else of all. */
export const useDay = () => {
  const { timeZone } = useCompany();
  const { day, asOf } = useShownDay();
  const me = useMe();
  const { funnel } = useChosenFunnel();
  const today = day ?? dayOf(Date.now(), timeZone);
  const owner = me?.role === 'rep' ? me.user : undefined;
  const quarter = quarterOf(today);
  const query = { owner, ...periodOf('quarter', today, timeZone), ...asOf };
  const known = { enabled: funnel !== undefined };
  return {
    owner,
    quarter,
    report: useRead('/api/funnels/:id/report', { params: { id: funnel?.id ?? '' }, query }, known),
    quota: useRead('/api/quotas/report', {
      query: { subject: owner ? `rep-${owner}` : 'company', period: `${quarter.year}-Q${quarter.number}`, ...asOf },
    }),
    over: useRead('/api/aging', { query: { funnel: funnel?.id, owner, limit: attentionLimit, ...asOf } }, known),
  };
};
