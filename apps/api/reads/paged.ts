import type { RowFilter, RowSort, ViewReader } from '@funnel/read-store';
import { InvalidCursor } from '@funnel/read-store';
import { malformed } from '../problems/problem-error.ts';

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit: number;
}
interface Wanted<Row, Item> extends Paging {
  readonly filter?: RowFilter<Row>;
  readonly sort?: RowSort<Row>;
  readonly show: (row: Row) => Item;
}

export const wrongCursor = (cursor: string | undefined, path = 'query.cursor'): Error =>
  malformed([{ path, expected: '`next` of the page before', got: cursor }]);

/** One page of a view as lists answer it. @throws {ProblemError} `malformed` for a cursor of another list */
export const paged = async <Row extends object, Item>(
  view: ViewReader<Row>,
  { filter = {}, sort = {}, show, cursor, limit }: Wanted<Row, Item>,
): Promise<{ items: Item[]; next: string | null }> => {
  try {
    const after = cursor === undefined ? {} : { after: cursor };
    const { rows, next } = await view.find(filter, { sort, limit, ...after });
    return { items: rows.map((row) => show(row)), next: next ?? null };
  } catch (error) {
    throw error instanceof InvalidCursor ? wrongCursor(cursor) : error;
  }
};

const idCursor = /^id:(.+)$/;

/** One page, by id, of a list that is short enough to be held. @throws {ProblemError} `malformed` for a cursor of another list */
export const pageById = <Item extends { readonly id: string }>(
  items: readonly Item[],
  { cursor, limit }: Paging,
): { items: Item[]; next: string | null } => {
  const behind = cursor === undefined ? '' : idCursor.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (behind === undefined) throw wrongCursor(cursor);
  const rest = items.filter(({ id }) => id > behind).sort((one, other) => (one.id < other.id ? -1 : 1));
  const last = rest.length > limit ? rest[limit - 1] : undefined;
  return { items: rest.slice(0, limit), next: last ? Buffer.from(`id:${last.id}`).toString('base64url') : null };
};
