import { isCurrency, maxMinor, parseInstant, parseWeight } from '@funnel/kernel';
import { z } from 'zod';

/** Shapes that the stored events of every aggregate share. */

/** Ids become stream names: letters, digits, `.`, `_` and `-`, at most 100, beginning with a letter or digit. */
export const id = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u, 'letters, digits, ".", "_", "-"; at most 100');
export const text = z.string().trim().min(1).max(2_000);
export const currency = z.string().refine(isCurrency, 'an ISO 4217 currency code');
export const money = z.object({ minor: z.int().min(-maxMinor).max(maxMinor), currency });
/** An amount in another currency, as it was said, with the rate and what it came to in the funnel's currency. */
export const conversion = z.object({ original: money, rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/) });
export type Conversion = z.infer<typeof conversion>;
export const weight = z.number().refine((value) => parseWeight(value) !== undefined, '0 to 1, at most four decimals');
export const date = z.iso.date();
export const instant = z.string().refine((value) => parseInstant(value) !== undefined, 'ISO 8601 with offset');
export const override = z.object({ reason: text });
