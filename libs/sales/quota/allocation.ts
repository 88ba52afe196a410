import { allocate, mondayOfWeek, weeksInYear, type Money, type Period } from '@funnel/kernel';
import type { YearlyQuota } from './quota.ts';

type Target = Pick<YearlyQuota, 'year' | 'amount' | 'shares'>;

const twoDigits = (number: number): string => `${number}`.padStart(2, '0');
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Parts by share; equal parts where all shares are 0, since then nothing is there to be shared. */
const split = (minor: number, shares: readonly number[]): number[] =>
  allocate(minor, sum(shares) > 0 ? shares : shares.map(() => 1));

/** Splits every amount of a level into as many parts of the next; what the shares do not say so finely is equal. */
const splitLevel = (level: readonly number[], count: number, shares: readonly number[]): number[] => {
  const parts = count / level.length;
  return level.flatMap((minor, index) => {
    const ownShares = Array.from({ length: parts }, (_, part) => shareOf(index * parts + part, count, shares));
    return split(minor, ownShares);
  });
};

/** The share of one of `count` equal stretches of the year. */
const shareOf = (index: number, count: number, shares: readonly number[]): number => {
  if (count >= shares.length) return shares[Math.floor((index * shares.length) / count)] ?? 0;
  const finer = shares.length / count;
  return sum(shares.slice(index * finer, (index + 1) * finer));
};

/** ISO weeks of each month, January first: a week belongs to the month that holds its Thursday. */
const weeksByMonth = (year: number): number[][] => {
  const months: number[][] = Array.from({ length: 12 }, () => []);
  for (let week = 1; week <= weeksInYear(year); week += 1) {
    months[mondayOfWeek(year, week).add({ days: 3 }).month - 1]?.push(week);
  }
  return months;
};

/**
 * A year's quota by period: the year, its halves, quarters, months and ISO weeks. The parts of each period add up to it
 * exactly; the weeks add up to the month that holds their Thursday, and so to the year.
 */
export const quotaParts = ({ year, amount, shares = [1, 1] }: Target): ReadonlyMap<Period, Money> => {
  const halves = splitLevel([amount.minor], 2, shares);
  const quarters = splitLevel(halves, 4, shares);
  const months = splitLevel(quarters, 12, shares);
  const weeks = weeksByMonth(year).flatMap((numbers, month) => {
    const minors = split(
      months[month] ?? 0,
      numbers.map(() => 1),
    );
    return numbers.map((week, index) => [`${year}-W${twoDigits(week)}`, minors[index] ?? 0] as const);
  });
  const named = (minors: readonly number[], name: (number: number) => string) =>
    minors.map((minor, index) => [`${year}${name(index + 1)}`, minor] as const);
  const parts = [
    ...named([amount.minor], () => ''),
    ...named(halves, (number) => `-H${number}`),
    ...named(quarters, (number) => `-Q${number}`),
    ...named(months, (number) => `-${twoDigits(number)}`),
    ...weeks,
  ];
  return new Map(parts.map(([period, minor]) => [period, { minor, currency: amount.currency }]));
};

/** The part of a year's quota that falls to a period such as `2026-Q3`; `undefined` for one of another year. */
export const quotaFor = (quota: Target, period: Period): Money | undefined => quotaParts(quota).get(period);
