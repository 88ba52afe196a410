import { comparePositions, type Position } from '@funnel/kernel';
import type { CheckpointDocument } from './tables.ts';

/** Positions are kept as text: they may be larger than any number that MongoDB counts exactly. */
export const writePosition = ({ commit, prepare }: Position): { commit: string; prepare: string } => ({
  commit: `${commit}`,
  prepare: `${prepare}`,
});

/** A position as a number that sorts, for finding what is new: two may share one only beyond 2^53. */
export const placeOf = ({ commit }: Position): number => Number(commit);

export const readPosition = ({ commit, prepare }: Pick<CheckpointDocument, 'commit' | 'prepare'>): Position => ({
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});

export const isAfter = (one: Position, other: Position): boolean => comparePositions(one, other) > 0;
