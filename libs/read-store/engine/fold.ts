import { concerns, isReadable, reduce, type LogBatch, type Position, type Stored } from '@funnel/kernel';
import { isAfter } from '../checkpoint.ts';
import { listensTo, type Build } from './build.ts';
import type { RowState } from './row-cache.ts';

/** An event on its way into a row. One that cannot be folded has no key but a reason. */
export type Entry =
  | { readonly event: Stored; readonly key: string }
  | { readonly event: Stored; readonly key?: undefined; readonly error: unknown };

/** A row while a batch is being folded; `last` is the event that changed it last, if any did. */
export interface WorkingRow {
  row: object | null;
  revision: number;
  /** Whether nothing is known of it in the store. */
  readonly isNew: boolean;
  last: { readonly revision: number; readonly position: Position } | undefined;
}

/** Why a stream cannot go on, and from which event. */
export interface Failure {
  readonly event: Stored;
  readonly error: unknown;
}

const entryOf = ({ projection }: Build, event: Stored): Entry | undefined => {
  if (!isReadable(event)) return listensTo(projection, event.stream) ? { event, error: event.unreadable } : undefined;
  if (!concerns(projection, event) || !listensTo(projection, event.stream)) return undefined;
  try {
    return { event, key: projection.keyOf(event) };
  } catch (error) {
    return { event, error };
  }
};

/** The events that the view folds, save those of the streams it holds back. */
export const select = (build: Build, events: readonly Stored[], isHeldBack: (stream: string) => boolean): Entry[] => {
  const entries: Entry[] = [];
  for (const event of events) {
    const entry = entryOf(build, event);
    if (entry && !isHeldBack(event.stream)) entries.push(entry);
  }
  return entries;
};

/** The events of a batch that the build has not stored yet. */
export const unseen = ({ position }: Build, { events }: LogBatch): readonly Stored[] => {
  const [first] = events;
  return !first || isAfter(first.position, position)
    ? events
    : events.filter((event) => isAfter(event.position, position));
};

const workingRow = (working: Map<string, WorkingRow>, known: RowState | undefined, key: string): WorkingRow => {
  const state = { row: known?.row ?? null, revision: known?.revision ?? -1, isNew: !known, last: undefined };
  working.set(key, state);
  return state;
};

const foldEntry = (build: Build, entry: Entry, working: Map<string, WorkingRow>): void => {
  if (entry.key === undefined) throw entry.error;
  const { event, key } = entry;
  const state = working.get(key) ?? workingRow(working, build.rows.get(key), key);
  if (event.revision <= state.revision || !isReadable(event)) return;
  const next = reduce(build.projection, state.row, event) as object | null;
  state.revision = event.revision;
  if (next === state.row) return;
  state.row = next;
  state.last = event;
};

/**
 * Folds the entries in order into the working rows. A stream that fails stands still from that event on, the others go on.
 * Doing it again folds only what has not been folded yet.
 */
export const fold = (
  build: Build,
  entries: readonly Entry[],
  working: Map<string, WorkingRow>,
): Map<string, Failure> => {
  const failures = new Map<string, Failure>();
  for (const entry of entries) {
    const { event } = entry;
    if (failures.size && failures.has(event.stream)) continue;
    try {
      foldEntry(build, entry, working);
    } catch (error) {
      failures.set(event.stream, { event, error });
    }
  }
  return failures;
};
