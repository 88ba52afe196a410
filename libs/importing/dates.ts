import { earliestInstant, fromWallClock, latestInstant, parseInstant, startOfDay } from '@funnel/kernel';

/** Which part of a date comes first where it is not the year: `02/23/26` or `23.02.2026`. */
export const dateOrders = ['year-first', 'month-first', 'day-first'] as const;
export type DateOrder = (typeof dateOrders)[number];

export interface DateReading {
  readonly dateOrder: DateOrder;
  /** Of times that carry no offset. */
  readonly timeZone: string;
}

const form =
  /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([AP])?\.?M?\.?)?$/i;

/** `2026年3月1日 15:30` as `2026-3-1 15:30`. */
const withSigns = (text: string): string => text.replace(/^(\d{4})年(\d{1,2})月(\d{1,2})日 ?/, '$1-$2-$3 ').trim();

const two = (part: string): string => part.padStart(2, '0');
/** Two digits are of this century, but for those that were the last one's youth of computing. */
const fullYear = (year: string): string => (year.length > 2 ? year : `${Number(year) < 70 ? 20 : 19}${two(year)}`);

const calendarDate = ([, a = '', b = '', c = '']: RegExpExecArray, order: DateOrder): string | undefined => {
  const startsWithYear = a.length === 4;
  if (startsWithYear) return `${a}-${two(b)}-${two(c)}`;
  if (order === 'year-first') return undefined;
  const [month, day] = order === 'month-first' ? [a, b] : [b, a];
  return `${fullYear(c)}-${two(month)}-${two(day)}`;
};

const hourOf = (hour: string, half: string | undefined): number | undefined => {
  if (half === undefined) return Number(hour);
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  return (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
};

const inRange = (at: number | undefined): number | undefined =>
  at !== undefined && at >= earliestInstant && at < latestInstant ? at : undefined;

/** A date as `2026-02-23`; a time behind it is left out. `undefined` if it is none. */
export const readDate = (text: string, { dateOrder, timeZone }: DateReading): string | undefined => {
  const match = form.exec(withSigns(text)) ?? form.exec(text.slice(0, 10));
  const date = match && calendarDate(match, dateOrder);
  return date && inRange(startOfDay(date, timeZone)) !== undefined ? date : undefined;
};

/** Milliseconds since 1970 of a time, or of the beginning of a day. `undefined` if it is none. */
export const readTime = (text: string, { dateOrder, timeZone }: DateReading): number | undefined => {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  const match = form.exec(withSigns(text));
  const date = match && calendarDate(match, dateOrder);
  if (!match || !date) return undefined;
  const [, , , , hour = '0', minutes = '00', seconds = '00', fraction = '0', half] = match;
  const hours = hourOf(hour, half);
  if (hours === undefined) return undefined;
  return inRange(fromWallClock(`${date}T${two(`${hours}`)}:${minutes}:${seconds}.${fraction}`, timeZone));
};
