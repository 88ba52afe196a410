import { tombstoneRevision } from './record.ts';

/** What an append expects of its stream: a revision, or one of the four words of the protocol. */
export type ExpectedRevision = number | 'any' | 'no_stream' | 'stream_exists';

/** A stream as the rules below need to know it. */
export interface StreamFacts {
  /** The last revision, -1 if nothing was ever written. */
  last: number;
  softDeleted: boolean;
  hasMetadata(): boolean;
  /** The revision that a recent event of this id got in this stream. Forgetful: only recent ids are known. */
  recent(id: string): number | undefined;
  /** The id of the event at a revision of this stream, hidden or not. */
  idAt(revision: number): string | undefined;
}

/** `write` undeletes the stream if `recreate`; `repeat` means it is all there already, up to `last`. */
export type Verdict =
  { kind: 'write'; recreate: boolean } | { kind: 'repeat'; last: number } | { kind: 'conflict' } | { kind: 'deleted' };

/**
 * Whether an append may be written. The same events at the same place are a repetition and succeed with what the first
 * time gave; old and new ids mixed are a conflict. With a revision this is certain, as the stored events are compared;
 * with `any` and `stream_exists` it is best effort, as only recent ids are remembered.
 */
export const judge = (ids: readonly string[], expected: ExpectedRevision, stream: StreamFacts): Verdict => {
  if (stream.last === tombstoneRevision) return { kind: 'deleted' };
  if (expected === 'stream_exists') {
    if (stream.softDeleted) return { kind: 'deleted' };
    if (stream.last < 0 && !stream.hasMetadata()) return { kind: 'conflict' };
  }
  if (expected === 'any' || expected === 'stream_exists') return judgeAnywhere(ids, stream);
  return judgeAt(ids, expected === 'no_stream' ? -1 : expected, stream);
};

const judgeAnywhere = (ids: readonly string[], stream: StreamFacts): Verdict => {
  let last = -1;
  for (const [index, id] of ids.entries()) {
    const known = stream.recent(id);
    if (known !== undefined) last = known;
    else return index === 0 ? { kind: 'write', recreate: stream.softDeleted } : { kind: 'conflict' };
  }
  return ids.length === 0 ? { kind: 'write', recreate: stream.softDeleted } : { kind: 'repeat', last };
};

const judgeAt = (ids: readonly string[], expected: number, stream: StreamFacts): Verdict => {
  if (expected === stream.last) return { kind: 'write', recreate: stream.softDeleted };
  if (expected > stream.last || ids.length === 0) return { kind: 'conflict' };
  const same = ids.findIndex((id, index) => stream.idAt(expected + 1 + index) !== id);
  if (same === -1) return { kind: 'repeat', last: expected + ids.length };
  const startsOver = same === 0 && expected === -1 && stream.softDeleted;
  return startsOver ? { kind: 'write', recreate: true } : { kind: 'conflict' };
};
