import type { AnswerOf, routes } from '@funnel/contracts';
import type { ViewReader } from '@funnel/read-store';
import { entriesPerPage, timelinePage, type TimelineRow } from '@funnel/sales-views';
import { wrongCursor } from '../reads/paged.ts';
import { shownHistory } from './shown-deal.ts';

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const cursorOf = (revision: number): string => Buffer.from(`${revision}`).toString('base64url');

/** The revision that a page begins with. @throws {ProblemError} `malformed` for a cursor of another list */
const revisionAt = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{1,15}$/.test(text)) throw wrongCursor(cursor);
  return Number(text);
};

/** A page of a deal's history, in the order it was recorded; the pages asked for need not be those that are kept. */
export const historyPage = async (
  timeline: ViewReader<TimelineRow>,
  dealId: string,
  { cursor, limit }: Paging,
): Promise<AnswerOf<(typeof routes)['dealHistory']>> => {
  const from = revisionAt(cursor);
  const filter = { dealId, page: { $gte: timelinePage(from) } } as const;
  const { rows } = await timeline.find(filter, { sort: { page: 1 }, limit: Math.ceil(limit / entriesPerPage) + 1 });
  const entries = rows.flatMap((row) => row.entries).filter(({ revision }) => revision >= from);
  const following = entries[limit];
  return { items: entries.slice(0, limit).map(shownHistory), next: following ? cursorOf(following.revision) : null };
};
