/** A place in the log of all events. Totally ordered by commit, then prepare. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Before the first event. */
export const logStart: Position = { commit: 0n, prepare: 0n };

export const comparePositions = (a: Position, b: Position): -1 | 0 | 1 => {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
};

/** The text that clients keep: `"1234"`, or `"1234-1230"` where commit and prepare differ. */
export const formatPosition = ({ commit, prepare }: Position): string =>
  commit === prepare ? `${commit}` : `${commit}-${prepare}`;

/** Reads what {@link formatPosition} wrote; `undefined` for anything else. */
export const parsePosition = (text: string): Position | undefined => {
  const match = /^(\d{1,20})(?:-(\d{1,20}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  return { commit: BigInt(match[1]), prepare: BigInt(match[2] ?? match[1]) };
};
