import { descendingKey, orderKey, rankOf } from '../bson/order.ts';
import type { IndexDefinition, IndexField } from '../storage/index-definition.ts';
import type { Interval } from '../storage/ordered-entries.ts';
import { componentKey } from '../storage/index-keys.ts';
import type { Condition } from './conditions.ts';

/** The lowest key above all that begin with this one; null when there is none. */
const after = (prefix: string): string | null => {
  let end = prefix.length;
  while (end > 0 && prefix.charCodeAt(end - 1) === 0xffff) end--;
  return end === 0 ? null : prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1);
};

export const beginningWith = (prefix: string): Interval => ({ low: prefix, high: after(prefix) });

/** The part of the index that a range can match; values of other types never do. */
export const rangeInterval = (prefix: string, { descending }: IndexField, { above, below }: Condition): Interval => {
  const turn = (key: string): string => prefix + (descending ? descendingKey(key) : key);
  const typeKey = turn(String.fromCharCode(rankOf((above ?? below)!.value)));
  const beginning = descending ? below : above;
  const end = descending ? above : below;
  const bound = ({ value }: { value: unknown }): string => turn(orderKey(value));
  return {
    low: beginning ? (beginning.inclusive ? bound(beginning) : (after(bound(beginning)) ?? typeKey)) : typeKey,
    high: end ? (end.inclusive ? after(bound(end)) : bound(end)) : after(typeKey),
  };
};

export interface IndexUse {
  readonly intervals: readonly Interval[];
  /** How many leading fields are held to points. */
  readonly points: number;
  readonly hasRange: boolean;
  /** Every leading field is held to one point only, so that what follows comes in its own order. */
  readonly isSinglePoint: boolean;
}

const maximumIntervals = 10_000;

interface Prefixes {
  readonly keys: readonly string[];
  readonly points: number;
}

/** The leading fields that are held to points, as the beginnings of keys. */
const pointPrefixes = (fields: readonly IndexField[], conditions: ReadonlyMap<string, Condition>): Prefixes => {
  let prefixes = [''];
  for (const [points, { path, descending }] of fields.entries()) {
    const values = conditions.get(path)?.points;
    if (!values || prefixes.length * values.length > maximumIntervals) return { keys: prefixes, points };
    const keys = [...new Set(values.map((value) => componentKey(value, descending)))];
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
  }
  return { keys: prefixes, points: fields.length };
};

/** Which part of the index the conditions leave to look at. */
export const indexUse = (
  { fields }: IndexDefinition,
  conditions: ReadonlyMap<string, Condition>,
  isMultikey: boolean,
): IndexUse => {
  // With arrays, two conditions may be met by different elements: only the first field's is safe to use.
  const usableFields = isMultikey ? fields.slice(0, 1) : fields;
  const { keys, points } = pointPrefixes(usableFields, conditions);
  const next = usableFields[points];
  const range = next?.isHashed ? undefined : next && usableRange(conditions.get(next.path), isMultikey);
  const intervals = keys.map((key) => (next && range ? rangeInterval(key, next, range) : beginningWith(key)));
  return { intervals: sorted(intervals), points, hasRange: range !== undefined, isSinglePoint: keys.length === 1 };
};

/**
 * Both ends only where one value must meet both. `{ $gt: 1, $lt: 'a' }` matches nothing without arrays; one end is enough
 * to look at, the check does the rest.
 */
const usableRange = (condition: Condition | undefined, isMultikey: boolean): Condition | undefined => {
  const { above, below } = condition ?? {};
  if (!above || !below) return above || below ? { above, below } : undefined;
  return isMultikey || rankOf(above.value) !== rankOf(below.value) ? { above } : { above, below };
};

const sorted = (intervals: Interval[]): Interval[] =>
  intervals.sort((left, right) => (left.low < right.low ? -1 : left.low > right.low ? 1 : 0));
