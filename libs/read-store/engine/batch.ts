import { isReadable, type LogBatch, type Stored } from '@funnel/kernel';
import { isAfter, writePosition } from '../checkpoint.ts';
import { stillHeld, writeHeld } from '../lease.ts';
import type { Build } from './build.ts';
import type { Engine } from './engine.ts';
import { fold, select, unseen, type Entry, type Failure, type WorkingRow } from './fold.ts';
import { attemptsBeforeParking, park } from './park.ts';
import { pause } from './retry.ts';
import { fetchRows, storeRows } from './rows.ts';

/** What some events make of the rows of one build, before anything is written. */
export interface Folded {
  readonly build: Build;
  readonly working: ReadonlyMap<string, WorkingRow>;
  readonly failures: ReadonlyMap<string, Failure>;
}

/** Few enough to come from who writes just now, not from a log that there is much of to catch up with. */
const few = 1_000;

/** Whether a batch shows that the reader keeps up with the log. */
export const keepsUp = ({ caughtUp, events }: LogBatch): boolean => caughtUp && events.length < few;

const isWorthRetrying = (failures: ReadonlyMap<string, Failure>): boolean =>
  [...failures.values()].some(({ event }) => isReadable(event));

/** Fetches the rows that the entries need and folds them in; a failing stream is tried a few times over. */
export const foldEntries = async (engine: Engine, build: Build, entries: readonly Entry[]): Promise<Folded> => {
  const working = await fetchRows(engine.tables, build, entries);
  let failures = fold(build, entries, working);
  for (let attempt = 1; attempt < attemptsBeforeParking && isWorthRetrying(failures); attempt++) {
    await pause(5 * 4 ** attempt);
    const failed = failures;
    failures = fold(
      build,
      entries.filter(({ event }) => failed.has(event.stream)),
      working,
    );
  }
  return { build, working, failures };
};

/** Writes rows, then what is held back: in this order, so that an event is in the one or the other when we crash. */
export const storeFolded = async (engine: Engine, { build, working, failures }: Folded): Promise<void> => {
  await storeRows(engine.tables, build, working);
  await park(engine, build, failures);
  for (const [key, state] of working) {
    // The cache outlives the batch and must not hold on to its events.
    state.last = undefined;
    build.rows.keep(key, state);
  }
};

/**
 * Where there is much to store, builds are made into bytes while the store has those of others. Else it is one after the
 * other: worker and store then take one core between them, and leave the rest to those who write.
 */
const storeAll = async (engine: Engine, all: readonly Folded[], isLive: boolean): Promise<void> => {
  if (!isLive) await Promise.all(all.map((each) => storeFolded(engine, each)));
  else for (const each of all) await storeFolded(engine, each);
};

const foldBatch = (engine: Engine, build: Build, batch: LogBatch): Promise<Folded> =>
  foldEntries(
    engine,
    build,
    select(build, unseen(build, batch), (stream) => build.parked.has(stream)),
  );

const advance = async ({ tables, timing }: Engine, builds: readonly Build[], batch: LogBatch) => {
  const last: Stored | undefined = batch.events.at(-1);
  const fields = {
    ...writePosition(batch.position),
    ...(last && { recordedAt: last.recordedAt }),
    ...(batch.caughtUp && { currentAt: Date.now() }),
  };
  const held = await writeHeld(tables, builds, { leaseMs: timing.leaseMs, fields: () => fields });
  for (const build of builds) {
    if (!held.has(build.id.key)) continue;
    build.position = batch.position;
    build.current = batch.caughtUp;
  }
  return held;
};

/**
 * Takes one batch of the log into the builds: rows, then parked streams, then checkpoints. Answers which builds are still
 * ours. Fails as a whole where the store fails and may then be done again; nothing is kept in memory that is not stored.
 */
export const applyBatch = async (
  engine: Engine,
  builds: readonly Build[],
  batch: LogBatch,
): Promise<ReadonlySet<string>> => {
  const behind = builds.filter((build) => isAfter(batch.position, build.position));
  for (const build of builds) build.current = false;
  const folded = await Promise.all(behind.map((build) => foldBatch(engine, build, batch)));
  // After the rows were fetched and before any is written: rows fetched from a store that was wiped since must not be kept.
  const held = await stillHeld(
    engine.tables,
    builds.map(({ lease }) => lease),
  );
  const ours = folded.filter(({ build }) => held.has(build.id.key));
  await storeAll(engine, ours, keepsUp(batch));
  const kept = await advance(
    engine,
    ours.map(({ build }) => build),
    batch,
  );
  const ahead = builds.filter((build) => !behind.includes(build) && held.has(build.id.key));
  for (const build of ahead) build.current = batch.caughtUp;
  return new Set([...kept, ...ahead.map(({ id }) => id.key)]);
};
