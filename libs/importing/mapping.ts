import { z } from 'zod';
import { dealList, namesOfSayings, sayingsOf, type DealList } from './deal-list.ts';
import { eventLog, sourcesOf, type EventLog, type SourceFile } from './event-log.ts';
import { fileMatcher } from './pattern.ts';
import type { Role } from './roles.ts';
import type { EventRule, StateRule } from './rules.ts';

type Common = Pick<
  EventLog,
  'currency' | 'timeZone' | 'dateOrder' | 'decimalSign' | 'ids' | 'defaults' | 'funnel' | 'joins'
>;

/** A mapping of any format, as the interpreter follows it. */
export interface Mapping extends Common {
  readonly sources: readonly SourceFile[];
  readonly order: 'file' | 'time';
  /** The parts that name a row; all that it has of its own when absent. */
  readonly rowNames?: readonly Role[];
  readonly owners?: EventLog['owners'];
  readonly events: readonly EventRule[];
  readonly states: readonly StateRule[];
}

const commonOf = ({ currency, timeZone, dateOrder, decimalSign, ids, defaults, funnel, joins }: Common): Common => ({
  ...{ currency, timeZone, dateOrder, decimalSign, ids, defaults, funnel, joins },
});

const ofEventLog = (log: EventLog): Mapping => {
  const { owners, events, states } = log;
  const sources = sourcesOf(log);
  const order = log.order ?? (sources.length > 1 ? 'time' : 'file');
  return { ...commonOf(log), sources, order, owners, events, states };
};

const ofDealList = (list: DealList): Mapping => ({
  ...{ ...commonOf(list), ...sayingsOf(list) },
  ...{ order: 'time', rowNames: namesOfSayings, events: [] },
});

/** How files become the events of a funnel, as people write it down. */
export const mapping = z
  .discriminatedUnion('format', [eventLog, dealList])
  .transform((file): Mapping => (file.format === 'deals' ? ofDealList(file) : ofEventLog(file)));
export type MappingFile = z.input<typeof mapping>;

/** A file that was sent: its name, and the names of its columns. */
export interface FileHeader {
  readonly name: string;
  readonly header: readonly string[];
  /** Whether records may have further columns, or lack some: then only what every record needs can be missing. */
  readonly isOpen?: boolean;
  /** The mapping that the file brings along. */
  readonly mapping?: unknown;
}
/** Something that the mapping names and that was not sent. */
export interface Missing {
  /** The part that the column plays, or where the mapping names it. */
  readonly role: string;
  /** Absent when the whole file is missing. */
  readonly column?: string;
  readonly file: string;
}

const filesFor = (pattern: string | undefined, files: readonly FileHeader[], taken: readonly string[]) => {
  const fits = fileMatcher(pattern);
  return files.filter(({ name }) => fits(name) && (pattern !== undefined || !taken.includes(name)));
};

/** The files that a mapping reads rows from, by source, and those that it looks things up in, by join. */
export const filesOf = ({ sources, joins }: Mapping, files: readonly FileHeader[]) => {
  const lookups = joins.map(({ file }) => filesFor(file, files, []));
  const taken = lookups.flat().map(({ name }) => name);
  return { rows: sources.map(({ file }) => filesFor(file, files, taken)), lookups };
};

const namedBy = ({ columns, where }: SourceFile): [role: string, column: string][] => [
  ...Object.entries(columns),
  ...Object.keys(where ?? {}).map((column): [string, string] => ['where', column]),
];

/** The columns that can be looked up, with the name of their file in front; one of a file that is missing is told once. */
const lookedUp = ({ joins }: Mapping, lookups: readonly (readonly FileHeader[])[]): ((column: string) => boolean) => {
  const known = new Set(
    joins.flatMap(({ as }, index) =>
      (lookups[index] ?? []).flatMap(({ header }) => header.map((name) => `${as}.${name}`)),
    ),
  );
  const absent = joins.filter((_, index) => !lookups[index]?.length).map(({ as }) => `${as}.`);
  return (column) => known.has(column) || absent.some((front) => column.startsWith(front));
};

/** A column that several sources read is missing once. */
const onceEach = (missing: readonly Missing[]): Missing[] =>
  [
    ...new Map(missing.toReversed().map((each) => [`${each.file}\u001f${each.column ?? ''}`, each])).values(),
  ].toReversed();

/** Columns and files that the mapping names and that were not sent. */
export const missingParts = (mapping: Mapping, files: readonly FileHeader[]): Missing[] => {
  const { rows, lookups } = filesOf(mapping, files);
  const isLookedUp = lookedUp(mapping, lookups);
  const ofSources = mapping.sources.flatMap((source, index) => {
    const sent = rows[index] ?? [];
    if (sent.length === 0) return [{ role: 'file', file: source.file ?? '*' }];
    return sent.flatMap(({ name: file, header, isOpen }) =>
      namedBy(source)
        .filter(([role]) => !isOpen || role === 'deal' || role === 'time')
        .filter(([, column]) => !header.includes(column) && !isLookedUp(column))
        .map(([role, column]) => ({ role, column, file })),
    );
  });
  const ofJoins = mapping.joins.flatMap(({ file, on }, index) => {
    const sent = lookups[index] ?? [];
    if (sent.length === 0) return [{ role: 'file', file }];
    return sent
      .filter(({ header }) => !header.includes(on.equals))
      .map(({ name }) => ({ role: 'joins', column: on.equals, file: name }));
  });
  return onceEach([...ofSources, ...ofJoins]);
};
