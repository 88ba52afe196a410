import { failure } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import type { StoredDocument } from '../storage/stored-document.ts';
import { matcherFor } from './candidates.ts';
import type { Plan } from './plan.ts';
import { presentation } from './presentation.ts';
import type { FindRequest, Results } from './results.ts';

const wholeCollection: Plan = { kind: 'scan', backward: false, isSorted: true };

/** The documents of a capped collection in the order of their coming, and those that come later, too. */
export class TailingResults implements Results {
  readonly #isMatch: (document: StoredDocument) => boolean;
  readonly #show: FindRequest['project'];
  #candidates: Iterator<StoredDocument>;
  #last: StoredDocument | null = null;
  #left: number;

  constructor(
    readonly collection: Collection,
    request: FindRequest,
  ) {
    this.#isMatch = matcherFor(request, wholeCollection);
    this.#show = presentation(collection, wholeCollection, request);
    this.#candidates = this.#from();
    this.#left = request.limit;
    for (let skipped = 0; skipped < request.skip && this.#nextMatch(); skipped++);
  }

  next(): Buffer | undefined {
    if (this.collection.isDropped) throw failure('QueryPlanKilled', `collection dropped: ${this.collection.namespace}`);
    if (this.#left <= 0) return undefined;
    const bytes = this.#nextMatch();
    if (bytes) this.#left--;
    return bytes && this.#show ? this.#show(bytes) : bytes;
  }

  #nextMatch(): Buffer | undefined {
    for (let step = this.#step(); step; step = this.#step()) {
      this.#last = step;
      if (this.#isMatch(step)) return step.bytes!;
    }
    return undefined;
  }

  /** An iterator that has once come to the end stays there. */
  #step(): StoredDocument | undefined {
    const step = this.#candidates.next();
    if (!step.done) return step.value;
    this.#candidates = this.#from();
    const again = this.#candidates.next();
    return again.done ? undefined : again.value;
  }

  *#from(): Generator<StoredDocument> {
    if (this.#last?.bytes === null) {
      throw failure(
        'CappedPositionLost',
        `CollectionScan died due to position in capped collection being deleted. Last seen record id: RecordId(${this.#last.sequence + 1})`,
      );
    }
    const after = this.#last?.sequence ?? -1;
    for (const document of this.collection.documents()) if (document.sequence > after) yield document;
  }

  /** It is meant to see what changes. */
  settle(): void {}
}
