import type { Variables } from '../aggregating/operator.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import { fieldNames } from '../bson/field-order.ts';
import { orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { type Compare, refuseCollation } from '../matching/collation.ts';
import { isNumber, toNumber } from '../numbers.ts';
import type { Collection } from '../storage/collection.ts';
import type { IndexDefinition, IndexField } from '../storage/index-definition.ts';
import { componentKey } from '../storage/index-keys.ts';
import type { Interval } from '../storage/ordered-entries.ts';
import type { SecondaryIndex } from '../storage/secondary-index.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { type IndexUse, indexUse } from './intervals.ts';
import type { SortField } from './sort.ts';

/** How the candidates are found: by `_id`, along an index, or by looking at every document. */
export type Plan =
  | { readonly kind: 'ids'; readonly keys: readonly string[]; readonly isSorted: boolean }
  | {
      readonly kind: 'index';
      readonly index: SecondaryIndex;
      readonly intervals: readonly Interval[];
      readonly backward: boolean;
      readonly isSorted: boolean;
    }
  | { readonly kind: 'scan'; readonly backward: boolean; readonly isSorted: boolean };

export interface PlanRequest {
  readonly filter: Document;
  readonly sort: readonly SortField[];
  readonly hint?: unknown;
  /** For `$expr`. */
  readonly variables?: Variables;
  /** How text is compared, when not by its bytes, as the indexes have it. */
  readonly compare?: Compare | undefined;
  /** Where in the index that is hinted at to begin, and before what to end. */
  readonly min?: Document | undefined;
  readonly max?: Document | undefined;
}

const idPath = '_id';

type Direction = 'forward' | 'backward';

const isOrderedBy = (field: IndexField, path: string): boolean => field.path === path && !field.isHashed;

/** The direction in which the rest of the fields give the wanted order, or null. */
const sortDirection = (rest: readonly IndexField[], wanted: readonly SortField[]): Direction | null => {
  if (wanted.length > rest.length || wanted.some(({ path }, at) => !isOrderedBy(rest[at]!, path))) return null;
  if (wanted.every(({ descending }, at) => descending === rest[at]!.descending)) return 'forward';
  return wanted.every(({ descending }, at) => descending !== rest[at]!.descending) ? 'backward' : null;
};

interface Candidate {
  readonly plan: Plan;
  readonly score: number;
}

const canUse = ({ definition }: SecondaryIndex, use: IndexUse, conditions: ReadonlyMap<string, Condition>): boolean => {
  if (!definition.sparse) return true;
  // What a sparse index leaves out must not be wanted: some field has to be there.
  return definition.fields.slice(0, use.points + Number(use.hasRange)).some(({ path }) => {
    const { points } = conditions.get(path)!;
    return !points || points.every((value) => value !== null);
  });
};

/** A partial index serves a filter that repeats every clause of its own. */
const covers = ({ definition }: SecondaryIndex, filter: Document): boolean =>
  Object.entries(definition.partialFilter ?? {}).every(
    ([name, clause]) => Object.hasOwn(filter, name) && orderKey(filter[name]) === orderKey(clause),
  );

/** The fields that are held to one value each, where the first has some condition to be searched by. */
const heldFields = ({ fields }: IndexDefinition, use: IndexUse, conditions: ReadonlyMap<string, Condition>) => {
  const isHeld = ({ path }: IndexField): boolean => conditions.get(path)?.points?.length === 1;
  const isSearched = use.points > 0 || use.hasRange;
  return new Set(fields.filter((field, at) => at < use.points || (isSearched && isHeld(field))));
};

/** Fields held to one value drop out of the wanted order; when nothing is left, any direction will do. */
const usableDirection = (
  { definition: { fields } }: SecondaryIndex,
  held: ReadonlySet<IndexField>,
  sort: readonly SortField[],
): Direction | null => {
  const rest = fields.filter((field) => !held.has(field));
  const wanted = sort.filter(({ path }) => ![...held].some((field) => field.path === path));
  return wanted.length === 0 ? 'forward' : sortDirection(rest, wanted);
};

const candidate = (
  index: SecondaryIndex,
  conditions: ReadonlyMap<string, Condition>,
  { filter, sort }: PlanRequest,
): Candidate => {
  const use = indexUse(index.definition, conditions, index.isMultikey);
  const canSort = sort.length > 0 && !index.isMultikey && use.isSinglePoint;
  const direction = canSort ? usableDirection(index, heldFields(index.definition, use, conditions), sort) : null;
  const isUsable = canUse(index, use, conditions) && covers(index, filter);
  const score = use.points * 10 + (use.hasRange ? 5 : 0) + (direction ? 4 : 0);
  const isSorted = sort.length === 0 || direction !== null;
  return {
    score: isUsable ? score : 0,
    plan: { kind: 'index', index, intervals: use.intervals, backward: direction === 'backward', isSorted },
  };
};

const hinted = (collection: Collection, hint: unknown): SecondaryIndex | 'scan' | null => {
  if (hint === undefined || (isDocument(hint) && Object.keys(hint).length === 0)) return null;
  if (typeof hint !== 'string' && !isDocument(hint)) {
    throw failure('FailedToParse', 'Hint must be a string or an object');
  }
  if (isScanHint(hint)) {
    checkScanHint(hint as Document);
    return 'scan';
  }
  const isNamed = ({ definition: { name, specification } }: SecondaryIndex): boolean =>
    typeof hint === 'string' ? name === hint : orderKey(specification.key) === orderKey(hint);
  const index = [collection.idOrder(), ...collection.indexes].find(isNamed);
  if (index && !index.definition.hidden) return index;
  throw failure(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
};

const checkSameFields = (min: Document, max: Document): void => {
  if (orderKey(fieldNames(min)) !== orderKey(fieldNames(max)))
    throw locationFailure(51176, 'min and max do not have the same fields in the same order');
};

const boundKey = ({ definition: { fields } }: SecondaryIndex, bound: Document, name: string): string => {
  if (fields.some(({ isHashed }) => isHashed))
    throw failure('NotImplemented', `'${name}' along a hashed index is not supported by this server`);
  const paths = fieldNames(bound);
  if (paths.length !== fields.length || fields.some(({ path }, at) => path !== paths[at]))
    throw locationFailure(51174, `The ${name} of the query does not have the fields of the index that is hinted at`);
  return fields.map(({ path, descending }) => componentKey(bound[path], descending)).join('');
};

/** The part of an index that was asked for by its ends; everything else about the query is checked afterwards. */
const boundedPlan = (index: SecondaryIndex | 'scan' | null, { min, max, sort }: PlanRequest): Plan => {
  if (!index) throw locationFailure(51173, 'When using min()/max() a hint of which index to use must be provided');
  if (index === 'scan') throw failure('BadValue', 'min and max need a hint of an index, not of the natural order');
  if (min && max) checkSameFields(min, max);
  const interval = {
    low: min ? boundKey(index, min, 'min') : '',
    high: max ? boundKey(index, max, 'max') : null,
  };
  if (interval.high !== null && interval.high <= interval.low)
    throw locationFailure(51175, 'max must be greater than min');
  return { kind: 'index', index, intervals: [interval], backward: false, isSorted: sort.length === 0 };
};

const idPlan = (condition: Condition | undefined, sort: readonly SortField[]): Plan | null => {
  if (!condition?.points) return null;
  const keys = [...new Set(condition.points.map((value) => orderKey(value)))].sort();
  const [only] = sort;
  if (only?.path === idPath && only.descending) keys.reverse();
  return { kind: 'ids', keys, isSorted: keys.length < 2 || sort.length === 0 || only!.path === idPath };
};

const isScanHint = (hint: unknown): boolean => isDocument(hint) && '$natural' in hint;

const checkScanHint = (hint: Document): void => {
  const direction = hint.$natural;
  if (Object.keys(hint).length > 1) throw failure('BadValue', '$natural hint cannot have any other fields');
  if (!isNumber(direction) || Math.abs(toNumber(direction)) !== 1)
    throw failure('BadValue', '$natural hint may only accept 1 or -1 as a value');
};

const scan = (request: PlanRequest, hint: unknown): Plan => {
  const natural = (hint as { $natural?: unknown } | undefined)?.$natural;
  const [only] = request.sort;
  const isNaturalSort = only?.path === '$natural';
  const direction = isNaturalSort ? (only.descending ? -1 : 1) : Number(natural ?? 1);
  return { kind: 'scan', backward: direction < 0, isSorted: request.sort.length === 0 || isNaturalSort };
};

const bestPlan = (collection: Collection, request: PlanRequest, conditions: ReadonlyMap<string, Condition>): Plan => {
  const wantsIdOrder = !collection.collation && (conditions.has(idPath) || request.sort[0]?.path === idPath);
  const visible = collection.indexes.filter(({ definition }) => !definition.hidden && !definition.collation);
  const indexes = wantsIdOrder ? [collection.idOrder(), ...visible] : visible;
  let best: Candidate = { score: 0, plan: scan(request, undefined) };
  for (const index of indexes) {
    const other = candidate(index, conditions, request);
    if (other.score > best.score) best = other;
  }
  return best.plan;
};

/** Text in the indexes is ordered by its bytes, or in no order at all, so that a collation has to look at every document. */
const collatedPlan = (request: PlanRequest, collation: Compare): Plan => {
  if (request.min || request.max) refuseCollation(collation, 'min and max');
  return scan(request, isScanHint(request.hint) ? request.hint : undefined);
};

const collationOf = (index: SecondaryIndex | 'scan' | null): Compare | undefined =>
  index === null || index === 'scan' ? undefined : index.definition.collation;

export const planFor = (collection: Collection, request: PlanRequest): Plan => {
  const wanted = hinted(collection, request.hint);
  const collation = request.compare ?? collationOf(wanted);
  if (collation) return collatedPlan(request, collation);
  if (request.min || request.max) return boundedPlan(wanted, request);
  if (wanted === 'scan') return scan(request, request.hint);
  const conditions = conditionsOf(request.filter);
  if (wanted) return candidate(wanted, conditions, request).plan;
  const ids = collection.collation ? null : idPlan(conditions.get(idPath), request.sort);
  return ids ?? bestPlan(collection, request, conditions);
};
