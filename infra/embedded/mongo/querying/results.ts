import { type Document, RawFields } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import type { Compare } from '../matching/collation.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { compileFilter } from '../matching/filter.ts';
import type { Collection } from '../storage/collection.ts';
import type { StoredDocument } from '../storage/stored-document.ts';
import { candidatesOf, matcherFor } from './candidates.ts';
import { planFor, type PlanRequest } from './plan.ts';
import { presentation } from './presentation.ts';
import { sortBy } from './sort.ts';

/** Documents one after the other; what is not taken at once is settled, and no longer minds changes below it. */
export interface Results {
  next(): Buffer | undefined;
  /** Called before anything else may change the collection. */
  settle(): void;
}

export const listedResults = (documents: Iterable<Buffer>): Results => {
  let iterator: IterableIterator<Buffer> = [...documents].values();
  return {
    next: () => iterator.next().value as Buffer | undefined,
    settle: () => {
      iterator = [...iterator].map((bytes) => Buffer.from(bytes)).values();
    },
  };
};

/** For results that are taken when another command runs. */
const collatedResults = (compare: Compare | undefined, results: Results): Results =>
  compare ? { next: () => withCollation(compare, () => results.next()), settle: () => results.settle() } : results;

export interface FindRequest extends PlanRequest {
  readonly skip: number;
  /** No limit is Infinity. */
  readonly limit: number;
  readonly project: ((document: Buffer) => Buffer) | null;
  /** What is projected, in the words of the client. */
  readonly projection?: Document;
  /** The key that led to a document in the place of the document. */
  readonly returnKey?: boolean;
  readonly showRecordId?: boolean;
}

/** Matches while reading, so that a later batch sees documents as they have become. */
class FoundResults implements Results {
  #candidates: Iterator<StoredDocument>;
  readonly #isMatch: (document: StoredDocument) => boolean;

  constructor(candidates: Iterable<StoredDocument>, isMatch: (document: StoredDocument) => boolean) {
    this.#candidates = candidates[Symbol.iterator]();
    this.#isMatch = isMatch;
  }

  next(): Buffer | undefined {
    for (;;) {
      const { value, done } = this.#candidates.next();
      if (done) return undefined;
      if (this.#isMatch(value)) return value.bytes!;
    }
  }

  settle(): void {
    const rest: StoredDocument[] = [];
    for (let step = this.#candidates.next(); !step.done; step = this.#candidates.next()) rest.push(step.value);
    this.#candidates = rest.values();
  }
}

class WindowedResults implements Results {
  #left: number;

  constructor(
    readonly collection: Collection,
    readonly inner: Results,
    readonly request: Pick<FindRequest, 'skip' | 'limit'> & { readonly show: FindRequest['project'] },
  ) {
    for (let skipped = 0; skipped < request.skip && inner.next(); skipped++);
    this.#left = request.limit;
  }

  next(): Buffer | undefined {
    if (this.collection.isDropped) throw failure('QueryPlanKilled', `collection dropped: ${this.collection.namespace}`);
    if (this.#left-- <= 0) return undefined;
    const bytes = this.inner.next();
    return bytes && this.request.show ? this.request.show(bytes) : bytes;
  }

  settle(): void {
    this.inner.settle();
  }
}

/** What a find gives; an unknown collection has no documents, but what is asked of it has to make sense. */
export const find = (collection: Collection | undefined, request: FindRequest): Results => {
  if (!collection) {
    compileFilter(request.filter, request.variables);
    return listedResults([]);
  }
  const plan = planFor(collection, request);
  const found = new FoundResults(candidatesOf(collection, plan), matcherFor(request, plan));
  const { skip, limit } = request;
  const window = { skip, limit, show: presentation(collection, plan, request) };
  if (plan.isSorted) return collatedResults(request.compare, new WindowedResults(collection, found, window));
  const all: Buffer[] = [];
  for (let bytes = found.next(); bytes; bytes = found.next()) all.push(bytes);
  const sorted = sortBy(all, request.sort, (bytes) => new RawFields(bytes));
  return collatedResults(request.compare, new WindowedResults(collection, listedResults(sorted), window));
};
