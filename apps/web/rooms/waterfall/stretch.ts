import { endOfDay, startOfDay } from '../../frame/days.ts';
import { periodOf, quarterStart } from '../../frame/period.ts';
import type { WaterfallSearch } from './route.ts';

type Asked = Pick<WaterfallSearch, 'period' | 'from' | 'to'>;
interface Company {
  readonly timeZone: string;
  readonly firstAt: string | null;
}

/** The days between which a waterfall falls, both of them within it. */
export const daysOf = ({ from, to }: Asked, today: string): { from: string; to: string } => {
  const end = to !== undefined && to < today ? to : today;
  return { from: from !== undefined && from <= end ? from : quarterStart(end), to: end };
};

/** The evening before a day begins: what stood open then is what the day begins with. */
const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

/** A stretch as the API takes it. Without an end it ends with the day that is shown. */
export const stretchOf = (
  asked: Asked,
  today: string,
  { timeZone, firstAt }: Company,
): { from: string; to?: string } => {
  const { period = 'quarter' } = asked;
  if (period === 'days') {
    const days = daysOf(asked, today);
    const from = justBefore(startOfDay(days.from, timeZone));
    return days.to < today ? { from, to: endOfDay(days.to, timeZone) } : { from };
  }
  const { from = firstAt ?? '1970-01-02T00:00:00Z', to } = periodOf(period, today, timeZone);
  return { from: justBefore(from), ...(to && { to: justBefore(to) }) };
};
