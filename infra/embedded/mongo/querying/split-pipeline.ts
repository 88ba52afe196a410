import { isDocument } from '../bson/decode.ts';
import { isNumber, toNumber } from '../numbers.ts';
import type { FindRequest } from './results.ts';
import { parseSort } from './sort.ts';

export interface Split {
  readonly request: FindRequest;
  readonly rest: readonly unknown[];
}

export const everything: FindRequest = {
  filter: {},
  sort: [],
  skip: 0,
  limit: Number.POSITIVE_INFINITY,
  project: null,
};

/** What the beginning of the pipeline says in the words of a find, which may go along an index. */
export const splitPipeline = (
  pipeline: readonly unknown[],
  options: Pick<FindRequest, 'hint' | 'variables' | 'compare'>,
): Split => {
  const request: { -readonly [Key in keyof FindRequest]: FindRequest[Key] } = { ...everything, ...options };
  let at = 0;
  const take = (name: string, use: (specification: unknown) => boolean): void => {
    const stage = pipeline[at];
    if (isDocument(stage) && name in stage && Object.keys(stage).length === 1 && use(stage[name])) at++;
  };
  take('$match', (filter) => isDocument(filter) && Boolean((request.filter = filter)));
  take('$sort', (sort) => isDocument(sort) && Boolean((request.sort = parseSort(sort, options.compare)).length));
  take('$skip', (skip) => {
    const count = wholeNumber(skip);
    if (count === null) return false;
    request.skip = count;
    return true;
  });
  take('$limit', (limit) => {
    const count = wholeNumber(limit);
    if (!count) return false;
    request.limit = count;
    return true;
  });
  return { request, rest: pipeline.slice(at) };
};

const wholeNumber = (value: unknown): number | null => {
  const number = isNumber(value) ? toNumber(value) : Number.NaN;
  return Number.isInteger(number) && number >= 0 && number <= 2 ** 63 ? number : null;
};
