import type { Moment } from '@funnel/kernel';
import { wrongCursor } from './paged.ts';

/**
 * Where a page of a report or of a past list begins. All pages are told as of the moment of the first one, by what was on
 * record when it was asked for: what is recorded meanwhile moves nothing from page to page.
 */
export interface PagePlace<Behind> {
  readonly moment: Moment;
  readonly behind: Behind;
}

export const placeOf = <Behind>({ moment: { asOf, knownAt }, behind }: PagePlace<Behind>): string =>
  Buffer.from(JSON.stringify([asOf, knownAt, behind])).toString('base64url');

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** @throws {ProblemError} `malformed` for anything that {@link placeOf} did not write */
export const readPlace = <Behind>(
  cursor: string | undefined,
  isBehind: (value: unknown) => value is Behind,
): PagePlace<Behind> | undefined => {
  if (cursor === undefined) return undefined;
  const written = parsed(cursor);
  const [asOf, knownAt, behind, ...more] = Array.isArray(written) ? (written as unknown[]) : [];
  if (!Number.isSafeInteger(asOf) || !Number.isSafeInteger(knownAt) || more.length > 0 || !isBehind(behind))
    throw wrongCursor(cursor);
  return { moment: { asOf: asOf as number, knownAt: knownAt as number }, behind };
};
