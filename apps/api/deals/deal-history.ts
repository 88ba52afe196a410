import type { AnswerOf, routes } from '@funnel/contracts';
import { isWithin, type Moment } from '@funnel/kernel';
import type { ViewReader } from '@funnel/read-store';
import { timelinePage, type TimelineEntry, type TimelineRow } from '@funnel/sales-views';
import { wrongCursor } from '../reads/paged.ts';
import { shownHistory } from './shown-deal.ts';

interface Wanted {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly moment: Moment;
}

const cursorOf = (revision: number): string => Buffer.from(`${revision}`).toString('base64url');

/** The revision that a page begins with. @throws {ProblemError} `malformed` for a cursor of another list */
const revisionAt = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^\d{1,15}$/.test(text)) throw wrongCursor(cursor);
  return Number(text);
};

const pagesAtOnce = 5;

/** A deal's events from a revision on, in the order they were recorded. */
async function* entriesFrom(
  timeline: ViewReader<TimelineRow>,
  dealId: string,
  revision: number,
): AsyncGenerator<TimelineEntry> {
  for (let page = timelinePage(revision); ; page += pagesAtOnce) {
    const { rows } = await timeline.find(
      { dealId, page: { $gte: page, $lt: page + pagesAtOnce } },
      { sort: { page: 1 } },
    );
    for (const { entries } of rows) yield* entries.filter((entry) => entry.revision >= revision);
    if (rows.length < pagesAtOnce) return;
  }
}

/** A page of what had happened to a deal by a moment; the pages asked for need not be those that are kept. */
export const historyPage = async (
  timeline: ViewReader<TimelineRow>,
  dealId: string,
  { cursor, limit, moment }: Wanted,
): Promise<AnswerOf<(typeof routes)['dealHistory']>> => {
  const items: TimelineEntry[] = [];
  for await (const entry of entriesFrom(timeline, dealId, revisionAt(cursor))) {
    if (!isWithin(moment, entry)) continue;
    if (items.length === limit) return { items: items.map(shownHistory), next: cursorOf(entry.revision) };
    items.push(entry);
  }
  return { items: items.map(shownHistory), next: null };
};
