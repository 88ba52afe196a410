import { wrongCursor } from '../reads/paged.ts';

/** Where in a report a page begins; all pages are told as of the instant of the first one. */
export interface Place {
  readonly now: number;
  readonly from: number;
}

export const placeOf = ({ now, from }: Place): string => Buffer.from(`${now}.${from}`).toString('base64url');

/** @throws {ProblemError} `malformed` for anything that {@link placeOf} did not write */
export const readPlace = (cursor: string | undefined): Place | undefined => {
  if (cursor === undefined) return undefined;
  const match = /^(\d{1,15})\.(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw wrongCursor(cursor);
  return { now: Number(match[1]), from: Number(match[2]) };
};
