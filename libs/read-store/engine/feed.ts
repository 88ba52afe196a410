import { comparePositions, type Position } from '@funnel/kernel';
import { applyBatch, keepsUp } from './batch.ts';
import type { Build } from './build.ts';
import type { Engine } from './engine.ts';
import { gathered } from './gather.ts';
import { pause, untilStored } from './retry.ts';

const pauseAfterFaultMs = 1_000;

/** One reading of the log that feeds several builds. */
export interface Feed {
  /** Those it feeds; a build whose lease is lost drops out. */
  readonly builds: Set<Build>;
  /** Ends the reading; what has been read is stored or left alone by then. */
  halt(): Promise<void>;
}

export interface FeedEvents {
  lost(build: Build): void;
  refused(builds: readonly Build[], reason: string): void;
}

const earliest = (builds: Iterable<Build>): Position =>
  [...builds].map(({ position }) => position).reduce((one, other) => (comparePositions(one, other) <= 0 ? one : other));

/**
 * In proportion to the work: what comes one by one is seen at once, what comes in a stream is taken together. Most of what a
 * batch of a hundred events costs, one of ten costs, too.
 */
const restsPerWork = 9;
const rest = ({ timing, signal }: Engine, tookMs: number): Promise<void> =>
  pause(Math.min(timing.restMs, restsPerWork * tookMs), signal);

const follow = async (engine: Engine, builds: Set<Build>, { lost }: FeedEvents): Promise<void> => {
  const streams = [...new Set([...builds].flatMap(({ projection }) => projection.streams))];
  const after = earliest(builds);
  const read = (signal: AbortSignal) => engine.log.follow({ streams, after, signal });
  for await (const batch of gathered(read, engine.signal)) {
    const started = performance.now();
    const kept = await untilStored(engine, () => applyBatch(engine, [...builds], batch));
    for (const build of builds) {
      if (kept.has(build.id.key)) continue;
      builds.delete(build);
      lost(build);
    }
    if (builds.size === 0 || engine.signal.aborted) return;
    if (keepsUp(batch)) await rest(engine, performance.now() - started);
  }
};

const isAheadOfLog = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'CheckpointAheadOfLog';

const keepFollowing = async (engine: Engine, builds: Set<Build>, events: FeedEvents): Promise<void> => {
  while (builds.size > 0 && !engine.signal.aborted) {
    try {
      await follow(engine, builds, events);
    } catch (error) {
      if (engine.signal.aborted) return;
      if (isAheadOfLog(error)) {
        events.refused([...builds], error.message);
        return builds.clear();
      }
      for (const build of builds) build.current = false;
      engine.tell({ kind: 'fault', error });
      await pause(pauseAfterFaultMs, engine.signal);
    }
  }
};

/** Starts feeding the builds from the earliest of their checkpoints; each skips what it has already. */
export const startFeed = (engine: Engine, fed: readonly Build[], events: FeedEvents): Feed => {
  const builds = new Set(fed);
  const halting = new AbortController();
  const signal = AbortSignal.any([engine.signal, halting.signal]);
  const ended = keepFollowing({ ...engine, signal }, builds, events);
  return {
    builds,
    halt: async () => {
      halting.abort();
      await ended;
    },
  };
};
