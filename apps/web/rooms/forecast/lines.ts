import type { Reforecast } from './forecast-reads.ts';

/** What is drawn at one period end, in units of the currency. */
export interface Point {
  readonly at: string;
  readonly asItWas: number;
  readonly reforecast: number;
  readonly realized: number;
}

type Group = Reforecast['periods'][number]['groups'][number];

const figuresOf = (period: Reforecast['periods'][number] | undefined, key: string | null): Group | undefined =>
  period?.groups.find((group) => group.key === key);

/** Every group that ever had a deal, the largest forecast of all periods first. */
export const groupsOf = ({ periods }: Reforecast): readonly (string | null)[] => {
  const sums = new Map<string | null, number>();
  for (const { groups } of periods) {
    for (const { key, forecast } of groups) sums.set(key, (sums.get(key) ?? 0) + Number(forecast.value));
  }
  return [...sums].sort(([, one], [, other]) => other - one).map(([key]) => key);
};

/** The lines of one group. Where it has no deals at a period end, its figures are 0. */
export const linesOf = (before: Reforecast, after: Reforecast, key: string | null): readonly Point[] =>
  after.periods.map((period, index) => {
    const now = figuresOf(period, key);
    return {
      at: period.at,
      asItWas: Number(figuresOf(before.periods[index], key)?.forecast.value ?? 0),
      reforecast: Number(now?.forecast.value ?? 0),
      realized: Number(now?.realized.value ?? 0),
    };
  });

/** The currency of the figures, as far as there are any. */
export const currencyOf = ({ periods }: Reforecast): string | undefined =>
  periods.flatMap(({ groups }) => groups)[0]?.amount.currency;
