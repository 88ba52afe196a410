import type { Language } from './languages.ts';

/** Money as the API tells it. */
export interface Money {
  readonly value: string;
  readonly currency: string;
}
export interface Formats {
  /** To the last cent, for tables that are reconciled. */
  money(money: Money): string;
  /** Without cents. */
  wholeMoney(money: Money): string;
  /** As short as it can be understood: `¥12.5M`, `¥1250万`. */
  shortMoney(money: Money): string;
  number(value: number): string;
  /** Whole percents, with a decimal below ten. */
  percent(ratio: number): string;
  /** The same, with a decimal where a whole percent would look like another ratio that it is not. */
  percentBeside(ratio: number, other: number | null): string;
  /** A length of time in the unit that fits: `12 days`, `5 h`. */
  duration(seconds: number): string;
  day(instant: string | number | Date): string;
  shortDay(instant: string | number | Date): string;
  month(instant: string | number | Date): string;
  shortMonth(instant: string | number | Date): string;
  time(instant: string | number | Date): string;
  ago(instant: string, now?: number): string;
}

const dayS = 86_400;
const hourS = 3_600;

const unitOf = (seconds: number): [number, 'day' | 'hour' | 'minute' | 'second'] => {
  if (seconds >= dayS) return [seconds / dayS, 'day'];
  if (seconds >= hourS) return [seconds / hourS, 'hour'];
  if (seconds >= 60) return [seconds / 60, 'minute'];
  return [seconds, 'second'];
};

/** As people tell how long ago something was: days until they would count months, months until they would count years. */
const calendarUnitOf = (seconds: number): [number, Intl.RelativeTimeFormatUnit] => {
  const days = seconds / dayS;
  if (days >= 730) return [days / 365.25, 'year'];
  if (days >= 61) return [days / 30.44, 'month'];
  return unitOf(seconds);
};

const moneyFormats = (language: Language) => {
  const known = new Map<string, Intl.NumberFormat>();
  const format = (currency: string, kind: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = `${currency} ${kind}`;
    const base = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
    const made = known.get(key) ?? new Intl.NumberFormat(language, { ...base, ...options });
    known.set(key, made);
    return made;
  };
  // Intl takes decimals as text, so that no digit of a large sum is lost.
  const text = (value: string) => value as unknown as number;
  const short = { notation: 'compact', minimumFractionDigits: 0, maximumSignificantDigits: 3 } as const;
  const whole = { minimumFractionDigits: 0, maximumFractionDigits: 0 };
  return {
    money: ({ value, currency }: Money) => format(currency, 'exact', {}).format(text(value)),
    wholeMoney: ({ value, currency }: Money) => format(currency, 'whole', whole).format(text(value)),
    shortMoney: ({ value, currency }: Money) => format(currency, 'short', short).format(text(value)),
  };
};

const dateFormats = (language: Language, timeZone: string) => {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(language, { timeZone, ...options });
    return (instant: string | number | Date) => made.format(new Date(instant));
  };
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  return {
    day: format({ dateStyle: 'medium' }),
    shortDay: format({ month: 'short', day: 'numeric' }),
    month: format({ month: 'short', year: 'numeric' }),
    shortMonth: format({ month: 'short' }),
    time: format({ dateStyle: 'medium', timeStyle: 'short' }),
    ago: (instant: string, now = Date.now()) => {
      const seconds = (Date.parse(instant) - now) / 1_000;
      const [value, unit] = calendarUnitOf(Math.abs(seconds));
      return relative.format(Math.round(value) * Math.sign(seconds), unit);
    },
  };
};

const numberFormats = (language: Language) => {
  const number = new Intl.NumberFormat(language);
  const whole = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const durations = (['day', 'hour', 'minute', 'second'] as const).map((unit) => {
    const options = { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' } as const;
    return [unit, new Intl.NumberFormat(language, { ...options, maximumFractionDigits: 0 })] as const;
  });
  const byUnit = new Map(durations);
  const percent = (ratio: number) => (Math.abs(ratio) < 0.1 ? fine : whole).format(ratio);
  return {
    number: (value: number) => number.format(value),
    percent,
    percentBeside: (ratio: number, other: number | null) =>
      other !== null && ratio !== other && percent(ratio) === percent(other) ? fine.format(ratio) : percent(ratio),
    duration: (seconds: number) => {
      const [value, unit] = unitOf(seconds);
      return byUnit.get(unit)?.format(value) ?? '';
    },
  };
};

/** How figures, money and dates are written in a language; days are those of the company. */
export const formatsFor = (language: Language, timeZone: string): Formats => ({
  ...moneyFormats(language),
  ...numberFormats(language),
  ...dateFormats(language, timeZone),
});
