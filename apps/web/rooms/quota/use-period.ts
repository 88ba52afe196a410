import { useNavigate, useSearch } from '@tanstack/react-router';
import { useShownDay } from '../../frame/as-of.ts';
import { useCompany } from '../../frame/company.ts';
import { dayOf, startOfDay } from '../../frame/days.ts';
import { useFormats } from '../../language/use-formats.ts';
import { useWords } from '../../language/words.ts';
import { firstDayOf, kindOf, partsOf, periodOf, type Kind } from './periods.ts';
import { quotaWords } from './words.ts';

/** The period that the address names, or the quarter of the day that is shown. */
export const usePeriod = () => {
  const { period: named } = useSearch({ from: '/quota' });
  const { day } = useShownDay();
  const { timeZone } = useCompany();
  const navigate = useNavigate({ from: '/quota' });
  const today = day ?? dayOf(Date.now(), timeZone);
  const period = named ?? periodOf('quarter', today);
  const choose = (chosen: string) => void navigate({ search: (now) => ({ ...now, period: chosen }), replace: true });
  /** The period of another length around the same days: today where they are among them. */
  const chooseKind = (kind: Kind) => {
    const isNow = periodOf(kindOf(period), today) === period;
    choose(periodOf(kind, isNow ? today : firstDayOf(period)));
  };
  return { period, choose, chooseKind };
};

/** Periods in words: `Q3 2026`, `2026年第3季度`. */
export const usePeriodName = (): ((period: string) => string) => {
  const t = useWords(quotaWords);
  const { month } = useFormats();
  const { timeZone } = useCompany();
  return (period) => {
    const kind = kindOf(period);
    return kind === 'month' ? month(startOfDay(firstDayOf(period), timeZone)) : t(`period_${kind}`, partsOf(period));
  };
};
