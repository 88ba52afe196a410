import { placeOf } from '../checkpoint.ts';
import type { RowWrites } from '../row-writes.ts';
import type { RowDocument, Tables } from '../tables.ts';
import type { Build } from './build.ts';
import type { Entry, WorkingRow } from './fold.ts';

/** Rows that must be fetched before folding: unknown ones, unless their fold starts with the first event of the stream. */
const missing = ({ rows }: Build, entries: readonly Entry[]): string[] => {
  const met = new Set<string>();
  const wanted: string[] = [];
  for (const { key, event } of entries) {
    if (key === undefined || met.has(key)) continue;
    met.add(key);
    if (event.revision > 0 && !rows.get(key)) wanted.push(key);
  }
  return wanted;
};

const rowOf = ({ _id: _key, seen: _seen, gone, ...row }: RowDocument): object | null => (gone ? null : row);

/** The stored rows that these events go into, where the build does not know them yet. */
export const fetchRows = async (
  tables: Tables,
  build: Build,
  entries: readonly Entry[],
): Promise<Map<string, WorkingRow>> => {
  const keys = missing(build, entries);
  if (keys.length === 0) return new Map();
  const found = await tables
    .rows(build.id.collection)
    .find({ _id: { $in: keys } }, { batchSize: keys.length + 1 })
    .toArray();
  return new Map(
    found.map((stored) => [
      stored._id,
      { row: rowOf(stored), revision: stored.seen.revision, isNew: false, last: undefined },
    ]),
  );
};

/** A row to write, and the event that it has taken in last. */
interface Change extends Pick<WorkingRow, 'row' | 'isNew'> {
  readonly key: string;
  readonly last: NonNullable<WorkingRow['last']>;
}

const documentOf = ({ key, row, last }: Change) => {
  const seen = { revision: last.revision, place: placeOf(last.position) };
  return row ? { _id: key, ...row, seen } : { _id: key, seen, gone: true as const };
};
const replacement = (change: Change) => ({
  q: { _id: change.key, 'seen.revision': { $lt: change.last.revision } },
  u: documentOf(change),
  upsert: true,
});

/** So many are written at once: while the store has these, those of other builds are made into bytes. */
const rowsAtOnce = 500;

/** Writes the changed rows. A failure may leave some of them written: doing it again writes the same. */
export const storeRows = async (tables: Tables, build: Build, working: ReadonlyMap<string, WorkingRow>) => {
  const writes = tables.writes(build.id.collection);
  const changes: Change[] = [];
  for (const [key, { row, isNew, last }] of working) {
    if (last) changes.push({ key, row, isNew, last });
    if (changes.length === rowsAtOnce) await write(writes, changes.splice(0));
  }
  if (changes.length > 0) await write(writes, changes);
};

/**
 * A new row is put in, which asks less of the store than replacing what may be there. One that is there after all, from an
 * earlier try, is replaced, unless it is newer: the upsert then meets its `_id`, which is no fault.
 */
const write = async (writes: RowWrites, changes: readonly Change[]): Promise<void> => {
  const added = changes.filter(({ isNew }) => isNew);
  const there = changes.filter(({ isNew }) => !isNew);
  const met = added.length > 0 ? await writes.run('insert', added.map(documentOf)) : [];
  there.push(...met.flatMap((place) => added[place] ?? []));
  if (there.length > 0) await writes.run('update', there.map(replacement));
};
