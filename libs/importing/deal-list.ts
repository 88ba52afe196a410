import { z } from 'zod';
import { demandStages, reading, text, where } from './mapping-parts.ts';
import type { SourceFile } from './event-log.ts';
import type { Role } from './roles.ts';
import type { StateRule } from './rules.ts';

const optional = text.optional();
/** When something happened: a column of dates, and, where that column is filled for other reasons too, which rows. */
const moment = z.union([text, z.strictObject({ time: text, where })]);

const shape = z.strictObject({
  format: z.literal('deals'),
  file: optional,
  where: where.optional(),
  columns: z.strictObject({
    deal: text,
    /** When the deal was added. */
    created: text,
    owner: optional,
    amount: optional,
    currency: optional,
    title: optional,
    customer: optional,
    region: optional,
    industry: optional,
    source: optional,
    expectedClose: optional,
    /** Why the deal was lost. */
    reason: optional,
    probability: optional,
  }),
  /** By column: the stage that a deal entered on the date in it. */
  entered: z.record(z.string(), text).default({}),
  /** Where the deal stands now, by what its column may say. `since`: the column that tells since when. */
  stands: z.strictObject({ column: text, since: text, stages: z.record(z.string(), text) }).optional(),
  won: moment.optional(),
  lost: moment.optional(),
  ...reading,
});

/** How a list with one row per deal becomes the events of a funnel. */
export const dealList = shape.superRefine(({ funnel, entered, stands }, context) => {
  const named = (path: string[], stages: Readonly<Record<string, string>>) =>
    Object.entries(stages).map(([key, stage]) => ({ path: [...path, key], stage }));
  demandStages(funnel, [...named(['entered'], entered), ...named(['stands', 'stages'], stands?.stages ?? {})], context);
});
export type DealList = z.output<typeof dealList>;

type Moment = z.output<typeof moment>;
const timeOf = (moment: Moment) => (typeof moment === 'string' ? { time: moment, where: {} } : moment);

/** What a row of the list says at one of its dates. */
const sayingAt =
  ({ file, where, columns: { created: _, ...columns } }: DealList) =>
  (moment: Moment, activity: string): SourceFile => {
    const { time, where: only } = timeOf(moment);
    return {
      file,
      where: { ...where, ...only, [time]: '?*' },
      columns: { ...columns, time } as SourceFile['columns'],
      set: { activity },
    };
  };

/** The parts that tell one saying of a list from another: the rest may have changed when the list comes again. */
export const namesOfSayings: readonly Role[] = ['deal', 'time', 'activity'];

/** Activities of their own, so that no stage's name is taken for them. */
const added = '+';
const won = '= won';
const lost = '= lost';

/** The list as one log: a saying for each date in it, those of one instant in the order of the funnel. */
export const sayingsOf = (list: DealList): { sources: SourceFile[]; states: StateRule[] } => {
  const { funnel, entered, stands } = list;
  const at = sayingAt(list);
  const order = funnel.stages.map(({ key }) => key);
  const entries = Object.entries(entered).sort(([, a], [, b]) => order.indexOf(a) - order.indexOf(b));
  const sources = [
    at({ time: list.columns.created, where: {} }, added),
    ...entries.map(([column, key]) => at(column, key)),
  ];
  if (stands) {
    for (const [said, key] of Object.entries(stands.stages)) {
      sources.push(at({ time: stands.since, where: { [stands.column]: said } }, key));
    }
  }
  if (list.won) sources.push(at(list.won, won));
  if (list.lost) sources.push(at(list.lost, lost));
  const states: StateRule[] = [
    { when: { activity: added }, is: 'added' },
    { when: { activity: won }, is: 'won' },
    { when: { activity: lost }, is: 'lost', reason: 'not said' },
    ...order.map((stage): StateRule => ({ when: { activity: stage }, is: 'open', stage })),
  ];
  return { sources, states };
};
