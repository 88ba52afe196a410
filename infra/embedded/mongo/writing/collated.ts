import { type Document, isDocument } from '../bson/decode.ts';
import { isNumber } from '../numbers.ts';
import { type Compare, refuseCollation } from '../matching/collation.ts';

/** What has no text compared on its way, and may stand beside a collation. */

const blindOperators = new Set(['$set', '$unset', '$inc', '$mul', '$setOnInsert', '$currentDate', '$rename']);

const isBlindUpdate = (update: unknown): boolean => {
  if (!isDocument(update)) return false;
  const operators = Object.entries(update).filter(([name]) => name.startsWith('$'));
  return operators.every(
    ([name, fields]) =>
      blindOperators.has(name) && Object.keys(Object(fields) as object).every((path) => !path.includes('$')),
  );
};

/** Elements of arrays are found by comparing. */
export const checkCollatedUpdate = (compare: Compare | undefined, update: unknown, arrayFilters: unknown): void => {
  if (compare && (arrayFilters !== undefined || !isBlindUpdate(update))) refuseCollation(compare, 'this update');
};

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isNumber(value);

export const checkCollatedProjection = (compare: Compare | undefined, projection: Document): void => {
  if (!compare) return;
  const isBlind = Object.entries(projection).every(([path, value]) => isFlag(value) && !path.endsWith('.$'));
  if (!isBlind) refuseCollation(compare, 'this projection');
};

const blindAccumulators = new Set(['$sum', '$avg', '$count', '$first', '$last', '$push']);

const isBlindAccumulator = (accumulator: unknown): boolean =>
  isDocument(accumulator) &&
  Object.entries(accumulator).every(
    ([name, operand]) =>
      blindAccumulators.has(name) &&
      (isNumber(operand) || typeof operand === 'string' || Object.keys(Object(operand) as object).length === 0),
  );

const isBlindGroup = (specification: unknown): boolean => {
  const { _id, ...fields } = isDocument(specification) ? specification : { _id: '' };
  return (_id === null || isFlag(_id)) && Object.values(fields).every(isBlindAccumulator);
};

const always = (): boolean => true;

const blindStages: Readonly<Record<string, (specification: unknown) => boolean>> = {
  $count: always,
  $limit: always,
  $skip: always,
  $unset: always,
  $unwind: always,
  $project: (specification) => isDocument(specification) && Object.values(specification).every(isFlag),
  $group: isBlindGroup,
};

export const checkCollatedStages = (compare: Compare | undefined, stages: readonly unknown[]): void => {
  if (!compare) return;
  for (const stage of stages) {
    const [[name, specification] = ['', null]] = isDocument(stage) ? Object.entries(stage) : [];
    const isBlind = Object.hasOwn(blindStages, name) && blindStages[name]!(specification);
    if (!isBlind) refuseCollation(compare, `this ${name}`);
  }
};
