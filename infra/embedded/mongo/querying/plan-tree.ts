import { type Document, isDocument } from '../bson/decode.ts';
import { isRegex } from '../matching/shapes.ts';
import { isNumber } from '../numbers.ts';
import type { Collection } from '../storage/collection.ts';
import { candidatesOf, matcherFor } from './candidates.ts';
import { type Plan, planFor } from './plan.ts';
import type { FindRequest } from './results.ts';

const isEquality = ([name, value]: [string, unknown]): boolean =>
  !name.startsWith('$') &&
  !isRegex(value) &&
  !(isDocument(value) && Object.keys(value).some((operator) => operator.startsWith('$')));

/** The filter in full, if all it has are equalities; another is shown as it came. */
export const parsedQuery = (filter: Document): Document => {
  const entries = Object.entries(filter);
  if (entries.length === 0 || !entries.every(isEquality)) return filter;
  const clauses = entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ [name]: { $eq: value } }));
  return clauses.length === 1 ? clauses[0]! : { $and: clauses };
};

const direction = (backward: boolean): string => (backward ? 'backward' : 'forward');

const accessStage = (plan: Plan, filter: Document): Document => {
  switch (plan.kind) {
    case 'ids':
      return plan.keys.length === 1
        ? { stage: 'EXPRESS_IXSCAN', keyPattern: '{ _id: 1 }', indexName: '_id_' }
        : {
            stage: 'FETCH',
            inputStage: { stage: 'IXSCAN', keyPattern: { _id: 1 }, indexName: '_id_', isUnique: true },
          };
    case 'index': {
      const { name, specification, unique, sparse, partialFilter } = plan.index.definition;
      const inputStage = {
        stage: 'IXSCAN',
        keyPattern: specification.key,
        indexName: name,
        isMultiKey: plan.index.isMultikey,
        isUnique: unique,
        isSparse: sparse,
        isPartial: partialFilter !== null,
        direction: direction(plan.backward),
      };
      return { stage: 'FETCH', inputStage };
    }
    case 'scan':
      return {
        stage: 'COLLSCAN',
        ...(Object.keys(filter).length > 0 && { filter: parsedQuery(filter) }),
        direction: direction(plan.backward),
      };
  }
};

const sortMemory = 104_857_600;

/** What sorts keeps only as many as are wanted, and then nobody else has to count them. */
const sortStage = ({ sort, skip, limit }: FindRequest): Document => ({
  stage: 'SORT',
  sortPattern: Object.fromEntries(sort.map(({ path, descending }) => [path, descending ? -1 : 1])),
  memLimit: sortMemory,
  ...(limit < Number.POSITIVE_INFINITY && { limitAmount: skip + limit }),
  type: 'simple',
});

const isPlainWord = ([name, value]: [string, unknown]): boolean =>
  !name.includes('.') && (typeof value === 'boolean' || isNumber(value));

const projectionStage = (projection: Document): Document => ({
  stage: Object.entries(projection).every(isPlainWord) ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT',
  transformBy: projection,
});

/** A plan in the words of explain: the last step first, each with the one that feeds it. */
export const planTree = (plan: Plan, request: FindRequest): Document => {
  const { filter, skip, limit, project, projection = {} } = request;
  const isSorting = !plan.isSorted;
  const steps: (Document | false)[] = [
    isSorting && sortStage(request),
    skip > 0 && { stage: 'SKIP', skipAmount: skip },
    project !== null && projectionStage(projection),
    !isSorting && limit < Number.POSITIVE_INFINITY && { stage: 'LIMIT', limitAmount: limit },
  ];
  return steps
    .filter((step) => step !== false)
    .reduce((inputStage, step) => ({ ...step, inputStage }), accessStage(plan, filter));
};

export interface Steps {
  readonly examined: number;
  readonly returned: number;
  /** How many matches were passed over before. */
  readonly skipped: number;
  /** Whether the documents were found along an index. */
  readonly isByKey: boolean;
}

/** What the search costs, found by doing it. */
export const stepsOf = (collection: Collection | undefined, request: FindRequest): Steps => {
  if (!collection) return { examined: 0, returned: 0, skipped: 0, isByKey: false };
  const plan = planFor(collection, request);
  const isMatch = matcherFor(request, plan);
  const enough = plan.isSorted ? request.skip + request.limit : Number.POSITIVE_INFINITY;
  let examined = 0;
  let matched = 0;
  for (const document of candidatesOf(collection, plan)) {
    examined++;
    if (isMatch(document) && ++matched >= enough) break;
  }
  const returned = Math.min(Math.max(matched - request.skip, 0), request.limit);
  const skipped = Math.min(matched, request.skip);
  return { examined, returned, skipped, isByKey: plan.kind !== 'scan' };
};
