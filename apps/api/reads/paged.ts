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

export const wrongCursor = (cursor: string | undefined): Error =>
  malformed([{ path: 'query.cursor', expected: '`next` of the page before', got: cursor }]);

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
