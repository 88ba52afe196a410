import { dayOfNumber, numberOfDay, startOfDay } from './days.ts';

/** Stretches of time up to a day, as people name them. */
export const periods = ['all', 'year', 'quarter', 'last-quarter', '12-months', '90-days'] as const;
export type PeriodName = (typeof periods)[number];

/** The first day of the quarter that a day is in, or of one so many quarters before it. */
export const quarterStart = (day: string, back = 0): string => {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const quarter = year * 4 + Math.floor((month - 1) / 3) - back;
  return `${Math.floor(quarter / 4)}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`;
};

const daysOf = (period: PeriodName, today: string): readonly [from?: string, to?: string] => {
  switch (period) {
    case 'all':
      return [];
    case 'year':
      return [`${today.slice(0, 4)}-01-01`];
    case 'quarter':
      return [quarterStart(today)];
    case 'last-quarter':
      return [quarterStart(today, 1), quarterStart(today)];
    case '12-months':
      return [dayOfNumber(numberOfDay(today) - 365)];
    case '90-days':
      return [dayOfNumber(numberOfDay(today) - 90)];
  }
};

/** A stretch as the API takes it: from the beginning of a day, until before that of another. */
export const periodOf = (period: PeriodName, today: string, timeZone: string): { from?: string; to?: string } => {
  const [from, to] = daysOf(period, today);
  return { ...(from && { from: startOfDay(from, timeZone) }), ...(to && { to: startOfDay(to, timeZone) }) };
};
