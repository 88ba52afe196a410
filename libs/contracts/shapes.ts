import {
  isCurrency,
  maxMinor,
  minorDigits,
  parseInstant,
  parseMinor,
  parsePeriod,
  parsePosition,
  parseWeight,
} from '@funnel/kernel';
import { z } from 'zod';

/** Shapes that requests share. A message says what was expected, so that a fault reads "expected <message>". */

const oneId = String.raw`[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}`;
export const id = z
  .string()
  .regex(
    new RegExp(`^${oneId}$`, 'u'),
    'an id of letters, digits, ".", "_" and "-", at most 100, not beginning with a sign',
  );
export const text = z.string('text').trim().min(1, 'text that is not empty').max(2_000, 'at most 2000 characters');
export const currency = z
  .string('an ISO 4217 currency code')
  .refine(isCurrency, 'an ISO 4217 currency code, such as CNY')
  .meta({ examples: ['CNY'] });
export const weight = z
  .number('a number from 0 to 1')
  .refine((value) => parseWeight(value) !== undefined, 'a number from 0 to 1 with at most four decimals')
  .meta({ minimum: 0, maximum: 1 });
export const date = z.iso
  .date({ error: 'a date such as 2026-07-01', abort: true })
  .refine((day) => day >= '1970-01-01' && day < '2200-01-01', 'a date from 1970 to 2199');

const isPeriod = (name: string): boolean => name >= '1970' && name < '2200' && parsePeriod(name, 'UTC') !== undefined;
/** The name of a calendar period. */
export const periodName = z
  .string('a period')
  .refine(isPeriod, '2026, 2026-H1, 2026-Q3, 2026-07 or 2026-W30, from 1970 to 2199');

const instantText = z.string('an instant in ISO 8601 with offset').meta({ format: 'date-time' });
/** ISO 8601 with an offset → milliseconds since 1970. */
export const instant = instantText.transform((value, context) => {
  const at = parseInstant(value);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'an instant in ISO 8601 with offset, from 1970 to 2199' });
  return z.NEVER;
});
/** The log's position text, as answers and events carry it. */
export const position = z
  .string()
  .refine((value) => parsePosition(value) !== undefined, 'a position as an earlier answer gave it, such as "1234"');

/** How many units of the funnel's currency one unit of the amount's currency was worth. */
export const rate = z
  .string('a decimal in quotes')
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'a decimal with at most twelve places, such as "7.1234"');

/** A decimal text with its currency → integer minor units. The sign is judged by the rules, not here. */
export const amount = z
  .strictObject({
    value: z
      .string('a decimal in quotes, such as "1000000.00" (a JSON number would lose digits)')
      .regex(/^-?\d{1,16}(\.\d+)?$/, 'a decimal such as "1000000.00"')
      .meta({ examples: ['1000000.00'] }),
    currency,
  })
  .transform(({ value, currency }, context) => {
    const minor = parseMinor(value, currency);
    if (minor !== undefined) return { minor, currency };
    const places = minorDigits(currency);
    const message = `at most ${places} decimals for ${currency}, and no more than ${maxMinor} minor units`;
    context.addIssue({ code: 'custom', path: ['value'], message });
    return z.NEVER;
  });

/** Money as answers and events show it. */
export const money = z
  .strictObject({ value: z.string().meta({ examples: ['1000000.00'] }), currency: z.string() })
  .meta({ title: 'Money' });
/** An instant in answers and events, in UTC. */
export const instantOut = z.string().meta({ format: 'date-time', examples: ['2026-07-01T08:00:00.000Z'] });
/** A length of time in seconds, exact to the millisecond. */
export const seconds = z.number();
/** A share or a rate, exact as stored or rounded to six decimals. */
export const ratio = z.number();

export const customerClasses = ['target', 'potential', 'likely', 'customer', 'vip'] as const;
export const contactKinds = [
  'visit',
  'call',
  'email',
  'message',
  'meeting',
  'demo',
  'sample',
  'quote',
  'other',
] as const;
export const parts = ['top', 'middle', 'bottom'] as const;

/** A number in a query string. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
    z
      .int(`a whole number from ${minimum} to ${maximum}`)
      .min(minimum, `a whole number from ${minimum} to ${maximum}`)
      .max(maximum, `a whole number from ${minimum} to ${maximum}`),
  );

/** Ids in a query string. */
export const idList = (most: number) =>
  z
    .string()
    .regex(new RegExp(`^${oneId}(,${oneId}){0,${most - 1}}$`, 'u'), `ids with commas between them, at most ${most}`)
    .transform((value) => value.split(','));

/** What every command may carry. */
export const occurredAt = { occurredAt: instant.optional().describe('When it happened; now when absent.') };
/** What every read that is answered from a view may carry. */
export const after = {
  after: position.optional().describe('Answer only once the view has seen this position (waits up to 5 s).'),
};
/** What every read of something that has a past may carry. */
export const past = {
  asOf: instant
    .optional()
    .describe('As it was then, by business time: what was true. `knownAt` when absent, now without that one too.'),
  knownAt: instant
    .optional()
    .describe('Only what was on record by then: what one knew, and not what is known now. Everything when absent.'),
};
/** In the answers of reports. */
export const knownAtOut = instantOut.nullable().describe('null: everything that is known now.');
/** Whether something is wanted, in a query; not when absent. */
export const wish = z
  .enum(['true', 'false'], 'true or false')
  .default('false')
  .transform((text) => text === 'true');
export const paging = {
  cursor: z.string().max(1_000).optional().describe('`next` of the page before.'),
  limit: wholeNumber(1, 200).default(50),
};
export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable().describe('Cursor of the next page, or null.') });
