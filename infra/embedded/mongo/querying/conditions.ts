import { type Document, isDocument } from '../bson/decode.ts';
import { rank, rankOf } from '../bson/order.ts';
import { isOperatorDocument, isRegex } from '../matching/shapes.ts';

/** What a filter says about one path that an index can use. Anything else in the filter is checked afterwards. */
export interface Condition {
  /** The value is one of these. */
  points?: readonly unknown[];
  above?: { value: unknown; inclusive: boolean };
  below?: { value: unknown; inclusive: boolean };
}

const usable = new Set<number>([
  rank.number,
  rank.string,
  rank.binary,
  rank.objectId,
  rank.boolean,
  rank.date,
  rank.timestamp,
]);
const isUsablePoint = (value: unknown): boolean =>
  value === null || usable.has(rankOf(value)) || (isDocument(value) && !isOperatorDocument(value));
const isUsableBound = (value: unknown): boolean => usable.has(rankOf(value));

const readers: Record<string, (operand: unknown) => Condition | null> = {
  $eq: (value) => (isUsablePoint(value) ? { points: [value] } : null),
  $in: (values) =>
    Array.isArray(values) && values.every((value) => !isRegex(value) && isUsablePoint(value))
      ? { points: values }
      : null,
  $gt: (value) => (isUsableBound(value) ? { above: { value, inclusive: false } } : null),
  $gte: (value) => (isUsableBound(value) ? { above: { value, inclusive: true } } : null),
  $lt: (value) => (isUsableBound(value) ? { below: { value, inclusive: false } } : null),
  $lte: (value) => (isUsableBound(value) ? { below: { value, inclusive: true } } : null),
};

const addClause = (conditions: Map<string, Condition>, path: string, clause: unknown): void => {
  const operators = isOperatorDocument(clause) ? clause : { $eq: clause };
  for (const [name, operand] of Object.entries(operators)) {
    const read = readers[name]?.(operand);
    // A second statement about the same end is left to the check afterwards.
    if (read) conditions.set(path, { ...read, ...conditions.get(path) });
  }
};

/** Gathers the conditions that hold for every match: those at the top and inside `$and`. */
export const conditionsOf = (filter: Document, conditions = new Map<string, Condition>()): Map<string, Condition> => {
  for (const [name, clause] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(clause)) {
      for (const part of clause) if (isDocument(part)) conditionsOf(part, conditions);
    } else if (!name.startsWith('$')) {
      addClause(conditions, name, clause);
    }
  }
  return conditions;
};
