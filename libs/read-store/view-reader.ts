import type { Position } from '@funnel/kernel';
import type { Collection, Sort } from 'mongodb';
import type { Aliases, ReadView } from './aliases.ts';
import { placeOf } from './checkpoint.ts';
import { behind, cursorAfter, orderOf, type RowSort } from './cursor.ts';
import { isCursorGone, reached } from './faults.ts';
import { present, type RowFilter } from './filter.ts';
import type { RowDocument, Tables } from './tables.ts';

/** A row with the key it is kept under. */
export type Keyed<Row> = Row & { readonly id: string };

export interface Page<Row> {
  readonly rows: readonly Keyed<Row>[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
}

export interface PageQuery<Row> {
  readonly sort?: RowSort<Row>;
  /** Rows a page; 50 unless told. */
  readonly limit?: number;
  /** The `next` of the page before, under the same sort. */
  readonly after?: string;
}

const usualLimit = 50;
const rowsAtOnce = 1_000;

// `id` comes first, so that a row with a field of that name keeps its own.
export const shownRow = <Row>({ _id, seen: _seen, gone: _gone, ...row }: RowDocument): Keyed<Row> =>
  ({ id: _id, ...row }) as unknown as Keyed<Row>;

/**
 * The rows of one view, from whichever build of its version is in force. A view that was never built is empty.
 * Every method fails with {@link ReadStoreUnavailable} where the server does not answer, with {@link OtherVersion} while
 * the view is kept in another version.
 */
export class ViewReader<Row extends object> {
  constructor(
    private readonly view: ReadView,
    private readonly tables: Pick<Tables, 'rows'>,
    private readonly aliases: Aliases,
  ) {}

  async get(id: string): Promise<Keyed<Row> | undefined> {
    const found = await this.reading(null, (rows) => rows.findOne({ _id: id }));
    return found && !found.gone ? shownRow<Row>(found) : undefined;
  }

  /** The rows of these ids, as far as there are any. */
  async getEach(ids: readonly string[]): Promise<ReadonlyMap<string, Keyed<Row>>> {
    const byId = { _id: { $in: [...ids] } };
    const found = await this.reading([], (rows) => rows.find(byId, { batchSize: ids.length + 1 }).toArray());
    return new Map(found.filter(({ gone }) => !gone).map((row) => [row._id, shownRow<Row>(row)]));
  }

  /** One page. @throws {InvalidCursor} where `after` is not of this list */
  async find(
    filter: RowFilter<Row> = {},
    { sort = {}, limit = usualLimit, after }: PageQuery<Row> = {},
  ): Promise<Page<Row>> {
    const order = orderOf(sort);
    const matching = present<Row>(filter, ...(after === undefined ? [] : [behind(order, after) as RowFilter<Row>]));
    const options = { sort: Object.fromEntries(order) as Sort, limit: limit + 1, batchSize: limit + 2 };
    const found = await this.reading([], (rows) => rows.find(matching, options).toArray());
    const last = found.length > limit ? found[limit - 1] : undefined;
    return { rows: found.slice(0, limit).map(shownRow<Row>), ...(last && { next: cursorAfter(order, last) }) };
  }

  /**
   * The ids of rows that have taken in an event after a position, in no order and at most `limit` of them. What a stream
   * that was held back brings once it goes on is not among them. The view must be declared `heldByReaders`.
   */
  async changedSince(position: Position, limit: number): Promise<string[]> {
    const later = { 'seen.place': { $gt: placeOf(position) } };
    const options = { projection: { _id: 1 }, limit, batchSize: limit + 1 };
    const found = await this.reading([], (rows) => rows.find(later, options).toArray());
    return found.map(({ _id }) => _id);
  }

  /** Every matching row in order of id, fetched a thousand at a time; goes on in the new build where one takes over. */
  async *all(filter: RowFilter<Row> = {}): AsyncGenerator<Keyed<Row>> {
    let last: RowDocument | undefined;
    for (;;) {
      const cursor = await this.rowsBehind(filter, last);
      if (!cursor) return;
      try {
        for (let row = await reached(cursor.next()); row; row = await reached(cursor.next())) {
          last = row;
          yield shownRow<Row>(row);
        }
        return;
      } catch (error) {
        if (!isCursorGone(error)) throw error;
        // Another build has taken over, and the alias that is remembered still names the one that is gone.
        await reached(this.aliases.inForce(this.view));
      } finally {
        await cursor.close().catch(() => undefined);
      }
    }
  }

  count(filter: RowFilter<Row> = {}): Promise<number> {
    return this.reading(0, (rows) => rows.countDocuments(present(filter)));
  }

  private async rowsBehind(filter: RowFilter<Row>, last: RowDocument | undefined) {
    const order = orderOf({});
    const rest = last ? [behind(order, cursorAfter(order, last)) as RowFilter<Row>] : [];
    const collection = await reached(this.aliases.collectionOf(this.view));
    const options = { sort: Object.fromEntries(order) as Sort, batchSize: rowsAtOnce };
    return collection === undefined
      ? undefined
      : this.tables.rows(collection).find(present<Row>(filter, ...rest), options);
  }

  private async reading<Answer>(
    none: Answer,
    ask: (rows: Collection<RowDocument>) => Promise<Answer>,
  ): Promise<Answer> {
    const collection = await reached(this.aliases.collectionOf(this.view));
    return collection === undefined ? none : reached(ask(this.tables.rows(collection)));
  }
}
