import type { Collection, Filter, Sort } from 'mongodb';
import { reached } from './faults.ts';

export interface DocumentQuery {
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
}
type Plain = { readonly _id: string; readonly [field: string]: unknown };
type Found<Body> = Body & { readonly id: string };

const shown = <Body extends object>({ _id, ...body }: Plain): Found<Body> => ({ ...(body as Body), id: _id });

/** Operational notes that no event holds and nobody needs for ever, for instance import jobs. Last write wins. */
export class Documents<Body extends object> {
  constructor(private readonly collection: Collection<Plain>) {}

  async get(id: string): Promise<Found<Body> | undefined> {
    const found = await reached(this.collection.findOne({ _id: id }));
    return found ? shown<Body>(found) : undefined;
  }

  async put(id: string, body: Body): Promise<void> {
    await reached(this.collection.replaceOne({ _id: id }, { ...body } as Omit<Plain, '_id'>, { upsert: true }));
  }

  /** The documents whose fields match; at most 100 unless told. */
  async find(filter: Readonly<Record<string, unknown>>, query: DocumentQuery = {}): Promise<Found<Body>[]> {
    const { sort = { _id: 1 }, limit = 100 } = query;
    const found = this.collection.find(filter as Filter<Plain>, { sort: sort as Sort, limit });
    return (await reached(found.toArray())).map((document) => shown<Body>(document));
  }
}
