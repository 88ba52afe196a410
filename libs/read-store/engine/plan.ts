import { buildId, isOlder, type BuildId } from '../build-id.ts';
import { isFree } from '../lease.ts';
import type { AliasDocument, CheckpointDocument, Tables } from '../tables.ts';
import { targetOf } from './build.ts';
import type { AnyProjection } from './engine.ts';

/** A build that this run should keep up. */
export interface Wanted {
  readonly id: BuildId;
  readonly projection: AnyProjection;
  /** `first`: nothing is in force yet. `serving`: it is in force. `successor`: it is to take the place of the one in force. */
  readonly part: 'first' | 'serving' | 'successor';
  /** Whether its lease can be had. */
  readonly isFree: boolean;
}

/** What the store says about the views: what is in force, what was asked for, how far each build is. */
export interface Survey {
  readonly aliases: ReadonlyMap<string, AliasDocument>;
  readonly rebuilds: ReadonlyMap<string, number>;
  readonly checkpoints: ReadonlyMap<string, CheckpointDocument>;
}

export const surveyViews = async (tables: Tables, views: readonly string[]): Promise<Survey> => {
  const named = { _id: { $in: [...views] } };
  const [aliases, rebuilds, checkpoints] = await Promise.all([
    tables.aliases.find(named).toArray(),
    tables.rebuilds.find(named).toArray(),
    tables.checkpoints.find({ view: { $in: [...views] } }).toArray(),
  ]);
  return {
    aliases: new Map(aliases.map((alias) => [alias._id, alias])),
    rebuilds: new Map(rebuilds.map(({ _id, count }) => [_id, count])),
    checkpoints: new Map(checkpoints.map((checkpoint) => [checkpoint._id, checkpoint])),
  };
};

/** What one view needs. Code older than the version in force stands back while somebody attends to that version. */
export const plan = (projection: AnyProjection, { aliases, rebuilds, checkpoints }: Survey): Wanted[] => {
  const { name, version } = projection;
  const alias = aliases.get(name);
  const asked = rebuilds.get(name) ?? 0;
  const want = (id: BuildId, part: Wanted['part']): Wanted => {
    const checkpoint = checkpoints.get(id.key);
    return { id, projection, part, isFree: !checkpoint || isFree(checkpoint) };
  };
  if (!alias) return [want(targetOf(projection, asked), 'first')];
  const inForce = want(buildId(name, alias.version, alias.rebuild), 'serving');
  if (alias.version > version && !inForce.isFree) return [];
  if (alias.version !== version) return [want(targetOf(projection, asked), 'successor')];
  const target = targetOf(projection, Math.max(asked, alias.rebuild));
  return target.key === inForce.id.key ? [inForce] : [inForce, want(target, 'successor')];
};

/** Builds older than the one in force, once no reader can be following the old alias any more. */
export const retired = ({ aliases, checkpoints }: Survey, retireMs: number): CheckpointDocument[] =>
  [...checkpoints.values()].filter((checkpoint) => {
    const alias = aliases.get(checkpoint.view);
    return alias !== undefined && isOlder(checkpoint, alias) && alias.since + retireMs <= Date.now();
  });
