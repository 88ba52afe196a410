import { useCompany } from './company.ts';
import { dayOf, numberOfDay } from './days.ts';

/** A company in which nothing happened for so many days has ended its history: it was brought in from elsewhere. */
const quietDays = 31;

export interface HistoryDays {
  /** Days since 1970. */
  readonly first: number;
  readonly last: number;
  readonly today: number;
}

/** The day up to which days are worth to be chosen one by one: today, or the one after all that happened. */
export const lastChoice = ({ last, today }: HistoryDays): number => (today - last > quietDays ? last + 1 : today);

/** First and last day on which something happened, and today. */
export const useHistoryDays = (): HistoryDays => {
  const { firstAt, lastAt, timeZone } = useCompany();
  const today = numberOfDay(dayOf(Date.now(), timeZone));
  const dayAt = (instant: string | null) =>
    instant === null ? today : numberOfDay(dayOf(Date.parse(instant), timeZone));
  return { first: Math.min(dayAt(firstAt), today - 1), last: Math.min(dayAt(lastAt), today), today };
};
