/** Parts of a year as the API names them: `2026`, `2026-H1`, `2026-Q3`, `2026-07`. */

const perYear = { month: 12, quarter: 4, half: 2, year: 1 } as const;
export type Kind = keyof typeof perYear;
export const kinds = Object.keys(perYear) as readonly Kind[];

/** A part of a year by its number since the year 0, so that the next one is one more. */
interface Place {
  readonly kind: Kind;
  readonly number: number;
}

const patterns: Readonly<Record<Kind, RegExp>> = {
  month: /^(\d{4})-(0[1-9]|1[0-2])$/,
  quarter: /^(\d{4})-Q([1-4])$/,
  half: /^(\d{4})-H([12])$/,
  year: /^(\d{4})$/,
};

const placeOf = (period: string): Place | undefined => {
  for (const kind of kinds) {
    const [, year, part = '1'] = patterns[kind].exec(period) ?? [];
    if (year !== undefined) return { kind, number: Number(year) * perYear[kind] + Number(part) - 1 };
  }
  return undefined;
};

const nameOf = ({ kind, number }: Place): string => {
  const year = String(Math.floor(number / perYear[kind])).padStart(4, '0');
  const part = (number % perYear[kind]) + 1;
  const names: Readonly<Record<Kind, string>> = {
    month: `${year}-${String(part).padStart(2, '0')}`,
    quarter: `${year}-Q${part}`,
    half: `${year}-H${part}`,
    year,
  };
  return names[kind];
};

export const isPeriod = (text: unknown): text is string => typeof text === 'string' && placeOf(text) !== undefined;

export const kindOf = (period: string): Kind => placeOf(period)?.kind ?? 'quarter';

/** The period of a kind that a day belongs to. */
export const periodOf = (kind: Kind, day: string): string => {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  return nameOf({ kind, number: Math.floor((months * perYear[kind]) / 12) });
};

/** The period so many periods later; earlier when negative. */
export const shifted = (period: string, by: number): string => {
  const place = placeOf(period);
  return place ? nameOf({ ...place, number: place.number + by }) : period;
};

/** The first day of a period. */
export const firstDayOf = (period: string): string => {
  const { kind, number } = placeOf(period) ?? { kind: 'year', number: 1970 };
  const month = (number % perYear[kind]) * (12 / perYear[kind]) + 1;
  return `${period.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
};

/** Year and number of the part, from 1, for words: `{ year: 2026, part: 3 }`. */
export const partsOf = (period: string): { year: number; part: number } => {
  const { kind, number } = placeOf(period) ?? { kind: 'year', number: 1970 };
  return { year: Math.floor(number / perYear[kind]), part: (number % perYear[kind]) + 1 };
};
