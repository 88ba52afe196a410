import { dayOfNumber, numberOfDay } from '../../frame/days.ts';

/** How much of the past is looked at. Days are those of the company. */
export interface Scope {
  readonly from: string;
  readonly to: string;
}

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstDayOf = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`;
const lastDayOf = (month: number): string => dayOfNumber(numberOfDay(firstDayOf(month + 1)) - 1);

/**
 * So many months up to the last one that can be judged: it is over, and so is the horizon after it. Where all that ever
 * comes counts (`null`), the last month that is over.
 */
export const scopeOf = (today: string, months: number, horizonDays: number | null): Scope => {
  const judged = dayOfNumber(numberOfDay(today) - (horizonDays ?? 0));
  const last = monthOf(judged) - 1;
  return { from: firstDayOf(last - months + 1), to: lastDayOf(last) };
};

/** The same without the months in which there was nothing yet, as far as any are left. */
export const sinceFirst = (scope: Scope, firstDay: string): Scope => {
  const from = firstDayOf(monthOf(firstDay));
  return from > scope.from && from <= scope.to ? { ...scope, from } : scope;
};

/** The day that leaves two thirds of the months to learn from and the rest to be judged by. */
export const splitOf = ({ from, to }: Scope): string => {
  const [first, last] = [monthOf(from), monthOf(to)];
  const learnt = Math.max(1, Math.floor(((last - first + 1) * 2) / 3));
  return lastDayOf(first + learnt - 1);
};
