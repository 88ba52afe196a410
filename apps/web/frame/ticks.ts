import { dayOfNumber, numberOfDay } from './days.ts';

/** A mark on a line of days, at the beginning of a month. */
export interface Tick {
  /** Days since 1970. */
  readonly at: number;
  readonly says: 'year' | 'month' | 'nothing';
}

/** Up to so many days each month has its name: there is room for it. */
const monthly = 460;

const monthsBetween = (first: number, end: number): string[] => {
  const [from, until] = [dayOfNumber(first), dayOfNumber(end)];
  const months = [];
  for (let month = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)); ; month += 1) {
    const day = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
    if (day >= until) return months;
    months.push(day);
  }
};

/** What a name takes with the gap beside it, and what two marks must keep between them, in pixels. */
const namePx = 36;
const markPx = 5;
const daysOfYear = 365.25;

/** The smallest of these that keeps names apart. */
const everyFor = (steps: readonly number[], px: number): number =>
  steps.find((step) => step * px >= namePx) ?? steps.at(-1) ?? 1;

/**
 * Long histories are marked by quarters with the years named, short ones by months: as many of them as there is room for on
 * a line of so many pixels.
 */
export const ticksOf = (first: number, end: number, width: number): Tick[] => {
  const isShort = end - first <= monthly;
  const yearPx = (width * daysOfYear) / Math.max(1, end - first);
  const everyMonth = everyFor([1, 2, 3, 6, 12], yearPx / 12);
  const everyYear = everyFor([1, 2, 5, 10], yearPx);
  const hasQuarters = yearPx / 4 >= markPx;
  return monthsBetween(first, end).flatMap((day): Tick[] => {
    const [year = 0, month = 1] = day.split('-').map(Number);
    const at = numberOfDay(day);
    if (month === 1) return [{ at, says: year % everyYear === 0 ? 'year' : 'nothing' }];
    if (isShort) return [{ at, says: (month - 1) % everyMonth === 0 ? 'month' : 'nothing' }];
    return hasQuarters && month % 3 === 1 ? [{ at, says: 'nothing' }] : [];
  });
};
