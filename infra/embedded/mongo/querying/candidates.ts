import { type Document, RawFields } from '../bson/decode.ts';
import { checkDeadline } from '../deadline.ts';
import { compileFilter } from '../matching/filter.ts';
import { isOperatorDocument } from '../matching/shapes.ts';
import type { Collection } from '../storage/collection.ts';
import type { StoredDocument } from '../storage/stored-document.ts';
import { type Plan, planFor, type PlanRequest } from './plan.ts';
import { sortBy } from './sort.ts';

function* alongIndex(plan: Plan & { kind: 'index' }): Generator<StoredDocument> {
  const { entries, isMultikey } = plan.index;
  plan.index.uses++;
  const intervals = plan.backward ? [...plan.intervals].reverse() : plan.intervals;
  const seen = isMultikey ? new Set<StoredDocument>() : null;
  for (const interval of intervals) {
    for (const document of plan.backward ? entries.descending(interval) : entries.ascending(interval)) {
      if (seen?.has(document)) continue;
      seen?.add(document);
      yield document;
    }
  }
}

const byIds = (collection: Collection, keys: readonly string[]): StoredDocument[] => {
  collection.idUses++;
  return keys.map((key) => collection.byIdKey(key)).filter((document) => document !== undefined);
};

/** A superset of the matches, in the plan's order. */
export const candidatesOf = (collection: Collection, plan: Plan): Iterable<StoredDocument> => {
  switch (plan.kind) {
    case 'ids':
      return byIds(collection, plan.keys);
    case 'index':
      return alongIndex(plan);
    case 'scan':
      return plan.backward ? [...collection.documents()].reverse() : collection.documents();
  }
};

/** What is left to check: not an `_id` that the plan has looked up already. */
const residue = (filter: Document, plan: Plan): Document => {
  if (plan.kind !== 'ids' || !('_id' in filter) || '$and' in filter) return filter;
  const { _id, ...rest } = filter;
  const isLookedUp = !isOperatorDocument(_id) || (Object.keys(_id).length === 1 && ('$eq' in _id || '$in' in _id));
  return isLookedUp ? rest : filter;
};

/** Tests a stored document as it is now, which may be gone. */
export const matcherFor = (
  { filter, variables }: Pick<PlanRequest, 'filter' | 'variables'>,
  plan: Plan,
): ((document: StoredDocument) => boolean) => {
  const unchecked = residue(filter, plan);
  if (Object.keys(unchecked).length === 0) return ({ bytes }) => bytes !== null;
  const predicate = compileFilter(unchecked, variables);
  const fields = new RawFields(Buffer.alloc(0));
  return ({ bytes }) => {
    checkDeadline();
    if (!bytes) return false;
    fields.bytes = bytes;
    return predicate(fields);
  };
};

/** The first match in the wanted order. */
export const firstMatch = (collection: Collection, request: PlanRequest): StoredDocument | undefined => {
  const plan = planFor(collection, request);
  if (!plan.isSorted) return allMatches(collection, request)[0];
  const isMatch = matcherFor(request, plan);
  for (const document of candidatesOf(collection, plan)) if (isMatch(document)) return document;
  return undefined;
};

/** The matches in the wanted order. */
export const allMatches = (collection: Collection, request: PlanRequest): StoredDocument[] => {
  const plan = planFor(collection, request);
  const found = [...candidatesOf(collection, plan)].filter(matcherFor(request, plan));
  return plan.isSorted ? found : sortBy(found, request.sort, ({ bytes }) => new RawFields(bytes!));
};
