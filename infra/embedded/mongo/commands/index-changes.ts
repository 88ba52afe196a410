import { type Document, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { checkFlag, numberTypes, unknownField, wrongType } from '../field-faults.ts';
import { isNumber, isTruthy, toNumber } from '../numbers.ts';
import type { Collection } from '../storage/collection.ts';
import type { IndexDefinition } from '../storage/index-definition.ts';

/** What is to change in an index, and what is told about it. */
interface Change {
  readonly definition: Partial<IndexDefinition>;
  readonly told: Document;
}

const flags = ['hidden', 'unique', 'prepareUnique'];
const known = ['name', 'keyPattern', 'expireAfterSeconds', ...flags];

export const checkWanted = (wanted: Document): void => {
  for (const [name, value] of Object.entries(wanted)) {
    const path = `collMod.index.${name}`;
    if (!known.includes(name)) throw unknownField(path);
    if (name === 'name' && typeof value !== 'string') throw wrongType(path, value, "type 'string'");
    if (name === 'keyPattern' && !isDocument(value)) throw wrongType(path, value, "type 'object'");
    if (flags.includes(name)) checkFlag(path, value);
    if (name === 'expireAfterSeconds' && !isNumber(value)) throw wrongType(path, value, numberTypes);
  }
};

const expiryChange = (index: IndexDefinition, wanted: unknown): Change | null => {
  if (!isNumber(wanted) || toNumber(wanted) === index.expireAfterSeconds) return null;
  if (index.fields.length > 1) throw failure('InvalidOptions', 'TTL indexes are single-field indexes');
  const before = index.expireAfterSeconds === null ? {} : { expireAfterSeconds_old: index.expireAfterSeconds };
  return {
    definition: { expireAfterSeconds: toNumber(wanted) },
    told: { ...before, expireAfterSeconds_new: wanted },
  };
};

const flagChange = (index: IndexDefinition, name: 'hidden' | 'prepareUnique', given: unknown): Change | null => {
  if (given === undefined || given === null) return null;
  const [before, wanted] = [index[name], isTruthy(given)];
  if (wanted === before) return null;
  return { definition: { [name]: wanted }, told: { [`${name}_old`]: before, [`${name}_new`]: wanted } };
};

/** Only an index that already takes no more duplicates becomes unique, once there are none left. */
const uniqueChange = (collection: Collection, index: IndexDefinition, wanted: unknown): Change | null => {
  if (wanted === undefined || wanted === null) return null;
  if (!isTruthy(wanted)) throw failure('BadValue', 'Cannot make index non-unique');
  if (index.unique) return null;
  if (!index.prepareUnique)
    throw failure(
      'InvalidOptions',
      "Cannot make index unique with 'prepareUnique=false'. Run collMod to set it before converting the index to unique.",
    );
  const violations = collection.duplicatesIn(index.name).map((ids) => ({ ids }));
  if (violations.length > 0)
    throw failure(
      'CannotConvertIndexToUnique',
      'Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.',
      { violations },
    );
  return { definition: { unique: true, prepareUnique: false }, told: { unique_new: true } };
};

export const changesOf = (collection: Collection, index: IndexDefinition, wanted: Document): Change[] =>
  [
    expiryChange(index, wanted.expireAfterSeconds),
    flagChange(index, 'hidden', wanted.hidden),
    uniqueChange(collection, index, wanted.unique),
    flagChange(index, 'prepareUnique', wanted.prepareUnique),
  ].filter((change) => change !== null);

const changeable = ['hidden', 'expireAfterSeconds', 'unique', 'prepareUnique'];

/** As `listIndexes` is to give it back. */
export const specificationOf = (index: IndexDefinition): Document => {
  const { expireAfterSeconds, hidden, unique, prepareUnique, specification } = index;
  const kept = Object.entries(specification).filter(([name]) => !changeable.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...(unique && { unique }),
    ...(prepareUnique && { prepareUnique }),
    ...(expireAfterSeconds !== null && { expireAfterSeconds }),
    ...(hidden && { hidden }),
  };
};
