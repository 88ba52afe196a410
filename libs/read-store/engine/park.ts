import type { ParkedDocument } from '../tables.ts';
import type { Build } from './build.ts';
import type { Engine } from './engine.ts';
import type { Failure } from './fold.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const attemptsBeforeParking = 3;

const entry = ({ id, parked }: Build, { event, error }: Failure): ParkedDocument => ({
  ...{ _id: `${id.key}/${event.stream}`, build: id.key, view: id.view, stream: event.stream },
  ...{ fromRevision: event.revision, eventId: event.id },
  attempts: (parked.get(event.stream)?.attempts ?? 0) + attemptsBeforeParking,
  ...{ error: messageOf(error), at: Date.now(), release: false },
});

/** Notes which streams the build holds back from now on, and why. */
export const park = async (
  { tables, tell }: Engine,
  build: Build,
  failures: ReadonlyMap<string, Failure>,
): Promise<void> => {
  if (failures.size === 0) return;
  const entries = [...failures.values()].map((failure) => entry(build, failure));
  await tables.parked.bulkWrite(
    entries.map((parked) => ({
      replaceOne: { filter: { _id: parked._id }, replacement: parked, upsert: true },
    })),
    { ordered: false },
  );
  for (const parked of entries) build.parked.set(parked.stream, parked);
  for (const [stream, { error }] of failures) tell({ kind: 'parked', build: build.id.key, stream, error });
};

export const unpark = async ({ tables, tell }: Engine, build: Build, stream: string): Promise<void> => {
  await tables.parked.deleteOne({ _id: `${build.id.key}/${stream}` });
  build.parked.delete(stream);
  tell({ kind: 'released', build: build.id.key, stream });
};
