import { rangeInterval } from '../querying/intervals.ts';
import type { Collection } from './collection.ts';

/** Removes what the indexes with `expireAfterSeconds` say has had its time; `now` in milliseconds. */
export const removeExpired = (collection: Collection, now: number): void => {
  for (const { definition, entries } of collection.indexes) {
    const { expireAfterSeconds, fields } = definition;
    if (expireAfterSeconds === null) continue;
    const value = new Date(now - expireAfterSeconds * 1000);
    const expired = rangeInterval('', fields[0]!, { below: { value, inclusive: true } });
    for (const document of new Set(entries.ascending(expired))) collection.remove(document);
  }
};
