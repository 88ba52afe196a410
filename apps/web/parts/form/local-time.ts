import { startOfDay } from '../../frame/days.ts';

/** An instant as clocks of a time zone show it, for a field of a form: `2026-03-31T14:30`. */
export const localTime = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at).replace(' ', 'T');

/** The instant at which clocks of a time zone show it. */
export const instantOf = (local: string, timeZone: string): string => {
  const [day = '', time = '00:00'] = local.split('T');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const guess = Date.parse(startOfDay(day, timeZone)) + (hours * 60 + minutes) * 60_000;
  // On a day on which clocks are changed, hours after midnight are one more or less.
  const shown = Date.parse(`${localTime(guess, timeZone)}Z`);
  return new Date(guess + Date.parse(`${day}T${time.slice(0, 5)}Z`) - shown).toISOString();
};
