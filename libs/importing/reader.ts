import { occurredInFuture } from '@funnel/sales';
import type { SourceFile } from './event-log.ts';
import type { Join } from './mapping-parts.ts';
import type { Mapping } from './mapping.ts';
import { anyMatcher, fileMatcher } from './pattern.ts';
import { BadField, orError, type RowError } from './row-error.ts';
import type { Role, Said } from './roles.ts';
import { valueReader, type ValueReader } from './values.ts';

/** One record of a file, by column name. */
export type Row = Readonly<Record<string, string>>;

/** Where a record stands. */
export interface Place {
  readonly file: string;
  /** The header being line 1. */
  readonly line: number;
}

/** What a record says about one deal at one instant. Plain data, so that it can be put aside and sorted. */
export interface Saying extends Place {
  readonly deal: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly said: Said;
  /** Which of the mapping's sources it is from. */
  readonly source: number;
  /** What tells it from other sayings of its deal at that instant. */
  readonly name: string;
}
export type ReadSaying =
  { readonly kind: 'saying'; readonly saying: Saying } | { readonly kind: 'error'; readonly error: RowError };

/** Finds the record of another file that fits: by the join's number and the value looked for. */
export type Lookup = (join: number, value: string) => Row | undefined;
const findsNothing: Lookup = () => undefined;

type Field = (record: Row) => string | undefined;

/** Reads a column, wherever it stands. A file's own column comes before one that is looked up. */
const fieldReader = (joins: readonly Join[], lookup: Lookup) => {
  const field = (column: string): Field => {
    const index = joins.findIndex(({ as }) => column.startsWith(`${as}.`));
    const join = joins[index];
    if (!join) return (record) => record[column];
    const on = [join.on.column].flat().map(field);
    const name = column.slice(join.as.length + 1);
    return (record) => {
      if (column in record) return record[column];
      const value = on.map((read) => read(record)?.trim()).find(Boolean);
      return value ? lookup(index, value)?.[name] : undefined;
    };
  };
  return field;
};

interface CompiledSource {
  readonly values: ValueReader;
  readonly isFrom: (file: string) => boolean;
  readonly counts: (record: Row) => boolean;
  readonly say: (record: Row) => Said;
  readonly nameParts: readonly Role[];
}

const compile = (mapping: Mapping, index: number, lookup: Lookup): CompiledSource => {
  const source = mapping.sources[index] as SourceFile;
  const field = fieldReader(mapping.joins, lookup);
  const conditions = Object.entries(source.where ?? {}).map(([column, patterns]) => {
    return [field(column), anyMatcher(patterns)] as const;
  });
  const columns = Object.entries(source.columns) as [Role, string][];
  const fields = columns.map(([role, column]) => [role, field(column)] as const);
  const own = columns.filter(([, column]) => !mapping.joins.some(({ as }) => column.startsWith(`${as}.`)));
  const set = Object.entries(source.set ?? {}) as [Role, string][];
  const nameParts = source.columns.row ? (['row'] as const) : (mapping.rowNames ?? own.map(([role]) => role));
  return {
    values: valueReader(mapping, index),
    isFrom: fileMatcher(source.file),
    counts: (record) => conditions.every(([read, test]) => test((read(record) ?? '').trim())),
    say: (record) => {
      const said: Partial<Record<Role, string>> = {};
      for (const [role, read] of fields) {
        const value = read(record)?.trim();
        if (value) said[role] = value;
      }
      for (const [role, value] of set) said[role] ??= value;
      return said;
    },
    nameParts,
  };
};

/** Two deals whose tidied ids are the same would become one. @throws {BadField} */
const ownIds = () => {
  const originals = new Map<string, string>();
  return (id: string, original: string, values: ValueReader): void => {
    const known = originals.get(id) ?? (id === original ? undefined : original);
    if (known === undefined) return;
    originals.set(id, known);
    if (known !== original) {
      const details = { id, other: known };
      throw new BadField(values.columnOf('deal'), original, { code: 'same-id', details });
    }
  };
};

/** As long as texts of events may be. Signs beyond the first plane count once. */
const mostLetters = 2_000;
const isTooLong = (value: string): boolean => value.length > mostLetters && [...value].length > mostLetters;
const demandNotTooLong = (said: Said, values: ValueReader): void => {
  for (const [role, value] of Object.entries(said) as [Role, string][]) {
    if (role === 'data' || !isTooLong(value)) continue;
    throw new BadField(values.columnOf(role), value, { code: 'too-long', details: { most: `${mostLetters}` } });
  }
};

interface Surroundings {
  readonly lookup?: Lookup;
  /** Milliseconds since 1970. What a record tells has happened by then. */
  readonly now: number;
}

/**
 * Reads records into sayings: one for each of the mapping's sources that a record belongs to. A record with a fault says
 * nothing at all: half of it would be another history.
 */
export const createReader = (mapping: Mapping, { lookup = findsNothing, now }: Surroundings) => {
  const sources = mapping.sources.map((_, index) => compile(mapping, index, lookup));
  const demandOwnId = ownIds();
  const sayings = (record: Row, place: Place): ReadSaying[] =>
    sources.flatMap(({ values, isFrom, counts, say, nameParts }, index) => {
      if (!isFrom(place.file) || !counts(record)) return [];
      return orError((): ReadSaying => {
        const said = say(record);
        demandNotTooLong(said, values);
        const deal = values.id(said, 'deal');
        if (deal === undefined) throw new BadField(values.columnOf('deal'), '', { code: 'empty' });
        demandOwnId(deal, said.deal ?? deal, values);
        const at = values.at(said);
        if (occurredInFuture({ at, now })) {
          throw new BadField(values.columnOf('time'), said.time ?? '', { code: 'in-future' });
        }
        const name = nameParts.map((role) => said[role] ?? '').join('\u001f');
        return { kind: 'saying', saying: { ...place, deal, at, said, source: index, name } };
      }, place);
    });
  return (record: Row, place: Place): ReadSaying[] => {
    const all = sayings(record, place);
    const errors = all.filter(({ kind }) => kind === 'error');
    return errors.length > 0 ? errors : all;
  };
};
