import { remembered } from '../language/remembered.ts';

/** Days are written `2026-03-31` and belong to the company's time zone. */

const dayMs = 86_400_000;

export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

const daysIn = remembered((timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }));
const offsetsIn = remembered((timeZone) => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }));

export const dayOf = (at: number, timeZone: string): string => daysIn(timeZone).format(at);

/** Days since 1970, for sliders. */
export const numberOfDay = (day: string): number => Date.parse(day) / dayMs;
export const dayOfNumber = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (at: number, timeZone: string): number => {
  const parts = offsetsIn(timeZone).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

/** The instant at which a day begins. */
export const startOfDay = (day: string, timeZone: string): string => {
  const guess = Date.parse(day) - offsetAt(Date.parse(day), timeZone);
  return new Date(Date.parse(day) - offsetAt(guess, timeZone)).toISOString();
};

/** The last millisecond of a day. */
export const endOfDay = (day: string, timeZone: string): string =>
  new Date(Date.parse(startOfDay(dayOfNumber(numberOfDay(day) + 1), timeZone)) - 1).toISOString();
