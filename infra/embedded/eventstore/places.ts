import { handlerFailed } from './errors.ts';
import { largestSigned, largestUnsigned } from './wire/integers.ts';
import type { MessageReader } from './wire/reader.ts';

/**
 * A revision as clients send it: the largest number means the end, beyond a signed number there is none, and beyond
 * JavaScript's integers none is ever reached.
 */
export const readRevision = (reader: MessageReader): number | 'end' => placeOf(reader.bigint());

/** A position, in two parts; here they are the same, so that the commit position alone says it all. */
export const readPosition = (reader: MessageReader): number | 'end' => {
  let [commit, prepare] = [0n, 0n];
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) commit = reader.bigint();
    else if (field === 2) prepare = reader.bigint();
    else reader.skip();
  }
  const isPossible = commit === prepare || (commit > prepare && commit <= largestSigned);
  if (!isPossible) throw handlerFailed();
  return placeOf(commit);
};

const placeOf = (value: bigint): number | 'end' => {
  if (value === largestUnsigned) return 'end';
  if (value > largestSigned) throw handlerFailed();
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
};
