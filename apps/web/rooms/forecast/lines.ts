import type { Comparison } from './forecast-reads.ts';

/** What is drawn at one period end, in units of the currency. */
export interface Point {
  readonly at: string;
  readonly asItWas: number;
  readonly reforecast: number;
  readonly realized: number;
}

/** Every group that ever had a deal, the largest forecast of all periods first. */
export const groupsOf = ({ periods }: Comparison): readonly (string | null)[] => {
  const sums = new Map<string | null, number>();
  for (const { groups } of periods) {
    for (const { key, candidate } of groups) sums.set(key, (sums.get(key) ?? 0) + Number(candidate.value));
  }
  return [...sums].sort(([, one], [, other]) => other - one).map(([key]) => key);
};

/** The lines of one group. Where it has no deals at a period end, its figures are 0. */
export const linesOf = ({ periods }: Comparison, key: string | null): readonly Point[] =>
  periods.map(({ at, groups }) => {
    const figures = groups.find((group) => group.key === key);
    return {
      at,
      asItWas: Number(figures?.baseline.value ?? 0),
      reforecast: Number(figures?.candidate.value ?? 0),
      realized: Number(figures?.realized.value ?? 0),
    };
  });

/** The currency of the figures, as far as there are any. */
export const currencyOf = ({ periods }: Comparison): string | undefined =>
  periods.flatMap(({ groups }) => groups)[0]?.amount.currency;
