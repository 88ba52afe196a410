import { z } from 'zod';
import { demandStages, reading, text, where } from './mapping-parts.ts';
import { role, type Role } from './roles.ts';
import { eventRule, stageOf, stateRule, type EventRule, type StateRule } from './rules.ts';

/** Which column of the file plays which part. `deal` and `time` are needed. */
const columns = z.partialRecord(role, z.string()).superRefine((named, context) => {
  for (const needed of ['deal', 'time'] as const) {
    if (named[needed] === undefined) {
      context.addIssue({ code: 'custom', path: [needed], message: 'expected the name of a column' });
    }
  }
});

const sourceParts = {
  /** The file's name, or a pattern of it; any file when absent. */
  file: text.optional(),
  /** Which rows count; all when absent. */
  where: where.optional(),
  columns,
  /** What every row says that has no column for it. */
  set: z.partialRecord(role, z.string()).optional(),
};
const source = z.strictObject(sourceParts);
/** Rows of a file that tell something about deals. */
export type SourceFile = z.infer<typeof source>;

const shape = z.strictObject({
  format: z.literal('event-log'),
  ...sourceParts,
  columns: columns.optional(),
  sources: z.array(source).min(1).optional(),
  ...reading,
  /** `file`: rows of a deal stand in order of time; `time`: they stand in any order, and are sorted first. */
  order: z.enum(['file', 'time']).optional(),
  /** Rows whose activity matches `on` name the owner; those in `ignore` are nobody. All rows do when absent. */
  owners: z.strictObject({ on: z.array(text), ignore: z.array(z.string()).default([]) }).optional(),
  events: z.array(eventRule).default([]),
  states: z.array(stateRule).default([]),
});
type Shape = z.output<typeof shape>;

/** One source may be said without a list. */
export const sourcesOf = ({ sources, file, where, columns, set }: Shape): SourceFile[] =>
  sources ?? (columns ? [{ file, where, columns, set }] : []);

const demandRoles = (
  rules: readonly (EventRule | StateRule)[],
  { list, said, context }: { list: string; said: ReadonlySet<string>; context: z.core.$RefinementCtx },
): void =>
  rules.forEach((rule, index) => {
    for (const named of Object.keys(rule.when) as Role[]) {
      if (said.has(named)) continue;
      const message = `"columns" names no column for "${named}"`;
      context.addIssue({ code: 'custom', path: [list, index, 'when', named], message });
    }
  });

const demandSources = (sources: readonly SourceFile[], { columns }: Shape, context: z.core.$RefinementCtx): void => {
  const message = 'expected either "columns", or "sources" that each have them';
  if (sources.length === 0) context.addIssue({ code: 'custom', path: ['columns'], message });
  else if (columns && !sources.some((each) => each.columns === columns)) {
    context.addIssue({ code: 'custom', path: ['sources'], message });
  }
};

/** How the rows of files that tell about deals over time become the events of a funnel. */
export const eventLog = shape.superRefine((mapping, context) => {
  const { funnel, events, states } = mapping;
  const sources = sourcesOf(mapping);
  demandSources(sources, mapping, context);
  if (events.length + states.length === 0) {
    context.addIssue({ code: 'custom', path: ['events'], message: 'expected at least one rule here or in "states"' });
  }
  const named = (list: string, rules: readonly (EventRule | StateRule)[]) =>
    rules.map((rule, index) => ({ path: [list, index], stage: stageOf(rule) }));
  demandStages(funnel, [...named('events', events), ...named('states', states)], context);
  const said = new Set(sources.flatMap(({ columns, set }) => [...Object.keys(columns), ...Object.keys(set ?? {})]));
  demandRoles(events, { list: 'events', said, context });
  demandRoles(states, { list: 'states', said, context });
});
export type EventLog = z.output<typeof eventLog>;
