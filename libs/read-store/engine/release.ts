import { stillHeld } from '../lease.ts';
import { foldEntries, storeFolded } from './batch.ts';
import type { Build } from './build.ts';
import type { Engine } from './engine.ts';
import { select, type Entry } from './fold.ts';
import { unpark } from './park.ts';

const atOnce = 1_000;

const tryOnce = async (engine: Engine, build: Build, entries: readonly Entry[]): Promise<boolean> => {
  const folded = await foldEntries(engine, build, entries);
  if (!(await stillHeld(engine.tables, [build.lease])).has(build.id.key)) return false;
  await storeFolded(engine, folded);
  return folded.failures.size === 0;
};

/**
 * Tries a stream again that the build holds back: everything from the event that failed, as the log holds it now. Where it
 * fails again it stays parked, from the event that failed this time. The build must not be reading meanwhile.
 */
export const releaseStream = async (engine: Engine, build: Build, stream: string): Promise<void> => {
  const parked = build.parked.get(stream);
  if (!parked) return;
  let entries: Entry[] = [];
  for await (const event of engine.log.readStream(stream, parked.fromRevision)) {
    entries.push(...select(build, [event], () => false));
    if (entries.length < atOnce) continue;
    if (!(await tryOnce(engine, build, entries))) return;
    entries = [];
  }
  if (await tryOnce(engine, build, entries)) await unpark(engine, build, stream);
};
