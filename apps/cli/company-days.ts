import type { AnswerOf, routes } from '@funnel/contracts';
import { periodEnds } from '@funnel/forecasting';
import { dateOf, startOfDay } from '@funnel/kernel';
import { getJson } from './client.ts';
import { print, show } from './output.ts';

type Company = AnswerOf<(typeof routes)['showCompany']>;

/** The days of the company, which begin and end by its clocks. */
export interface CompanyDays {
  /** `2026-07-31` of an instant. */
  of(instant: string): string;
  /** The last millisecond of a day; an instant stays what it is, and so does what is neither. */
  endOf(dayOrInstant: string): string;
}

export const daysIn = (timeZone: string): CompanyDays => ({
  of: (instant) => dateOf(Date.parse(instant), timeZone),
  endOf: (day) => {
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && startOfDay(day, timeZone) !== undefined;
    const [end] = isDay ? periodEnds({ from: day, to: day, every: 'day' }, timeZone) : [];
    return end === undefined ? day : new Date(end).toISOString();
  },
});

export const companyDays = async (): Promise<CompanyDays> => daysIn((await getJson<Company>('/company')).timeZone);

/** The answer as JSON where the user asked for it, else as people read it, who think in days. */
export const showByDay = async <Answer>(
  json: boolean | undefined,
  answer: Answer,
  readable: (answer: Answer, days: CompanyDays) => string,
): Promise<void> => {
  if (json) return show(json, answer, () => '');
  print(readable(answer, await companyDays()));
};
