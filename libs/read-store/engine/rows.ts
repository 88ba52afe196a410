import { MongoBulkWriteError, type Collection } from 'mongodb';
import { placeOf, writePosition } from '../checkpoint.ts';
import { isDuplicateKey } from '../faults.ts';
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
    found.map((stored) => [stored._id, { row: rowOf(stored), revision: stored.seen.revision, last: undefined }]),
  );
};

const replacement = (key: string, row: object | null, last: NonNullable<WorkingRow['last']>) => {
  const seen = { revision: last.revision, ...writePosition(last.position), place: placeOf(last.position) };
  return {
    replaceOne: {
      filter: { _id: key, 'seen.revision': { $lt: last.revision } },
      replacement: row ? { ...row, seen } : { seen, gone: true as const },
      upsert: true,
    },
  };
};

type Replacement = ReturnType<typeof replacement>;

/** So many are written at once: while the store has these, those of other builds are made into bytes. */
const rowsAtOnce = 500;

/** Writes the changed rows. A failure may leave some of them written: doing it again writes the same. */
export const storeRows = async (tables: Tables, build: Build, working: ReadonlyMap<string, WorkingRow>) => {
  const rows = tables.rows(build.id.collection);
  const writes: Replacement[] = [];
  for (const [key, { row, last }] of working) {
    if (last) writes.push(replacement(key, row, last));
    if (writes.length === rowsAtOnce) await write(rows, writes.splice(0));
  }
  if (writes.length > 0) await write(rows, writes);
};

/** A row that the store already holds in a newer state keeps that state: the upsert then meets the existing `_id`, which is no fault. */
const write = async (rows: Collection<RowDocument>, writes: Replacement[]): Promise<void> => {
  try {
    await rows.bulkWrite(writes, { ordered: false });
  } catch (error) {
    const errors = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
    const onlyNewer = errors.length ? errors.every(({ code }) => code === 11000) : isDuplicateKey(error);
    if (!onlyNewer) throw error;
  }
};
