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

/** Long histories are marked by quarters with the years named, short ones by months. */
export const ticksOf = (first: number, end: number): Tick[] => {
  const isShort = end - first <= monthly;
  return monthsBetween(first, end).flatMap((day): Tick[] => {
    const month = Number(day.slice(5, 7));
    const at = numberOfDay(day);
    if (month === 1) return [{ at, says: 'year' }];
    if (isShort) return [{ at, says: 'month' }];
    return month % 3 === 1 ? [{ at, says: 'nothing' }] : [];
  });
};
