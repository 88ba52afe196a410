import { isCurrency, isTimeZone } from '@funnel/kernel';
import { stage } from '@funnel/sales';
import { z } from 'zod';
import { decimalSigns } from './amounts.ts';
import { dateOrders } from './dates.ts';
import { role } from './roles.ts';

/** What mappings of every format have in common. */
export const text = z.string().min(1);
const currency = z.string().refine(isCurrency, 'expected an ISO 4217 currency code such as "EUR"');

/** For each column a pattern (`A_*`), or several of which one must fit; `?*` is anything but nothing. */
export const where = z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]));
/** Columns of another file, by a name in front: `Account.Industry`. One row of it at most fits each row. */
export const join = z.strictObject({
  file: text,
  as: text,
  /** The first of the columns that is there and not empty must equal that column of the other file. */
  on: z.strictObject({ column: z.union([text, z.array(text).min(1)]), equals: text }),
});
export type Join = z.infer<typeof join>;

export const reading = {
  currency,
  /** Zone of times that carry no offset. */
  timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone such as "Europe/Amsterdam"'),
  dateOrder: z.enum(dateOrders).default('year-first'),
  decimalSign: z.enum(decimalSigns).default('.'),
  /** `tidied`: what cannot stand in an id becomes a hyphen. */
  ids: z.enum(['exact', 'tidied']).default('exact'),
  /** What stands in for empty fields. An amount stands in only where a deal begins. */
  defaults: z.partialRecord(role, z.string()).default({}),
  funnel: z.strictObject({
    id: text,
    label: text,
    nextStepRule: z.boolean().default(false),
    nextStepGraceDays: z.number().min(0).max(365).default(3),
    stages: z.array(stage.strict()).min(1),
  }),
  joins: z.array(join).default([]),
} as const;

type Context = z.core.$RefinementCtx;
interface Named {
  readonly path: readonly PropertyKey[];
  readonly stage: string | undefined;
}

/** Tells every stage that is named and that the funnel lacks. */
export const demandStages = (
  { stages }: { readonly stages: readonly { readonly key: string }[] },
  named: readonly Named[],
  context: Context,
): void => {
  const expected = stages.map(({ key }) => key).join(', ');
  for (const { path, stage } of named) {
    if (stage === undefined || stages.some(({ key }) => key === stage)) continue;
    const message = `unknown stage "${stage}"; expected one of ${expected}`;
    context.addIssue({ code: 'custom', path: [...path], message });
  }
};
