import { type Document, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { type Compare, readCollation } from '../matching/collation.ts';
import { compileFilter } from '../matching/filter.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, isTruthy, toNumber } from '../numbers.ts';
import type { IndexDefinition, IndexField } from '../storage/index-definition.ts';
import { shellText } from '../storage/shell-text.ts';
import { readFields } from './index-fields.ts';

const knownOptions = new Set([
  'key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background', 'v', 'ns', 'collation', 'hidden',
]); // prettier-ignore

const hasWildcard = (key: Document): boolean => Object.keys(key).some((path) => /(^|\.)\$\*\*$/.test(path));

const readExpiry = (value: unknown, fields: readonly IndexField[]): number | null => {
  if (value === undefined) return null;
  if (!isNumber(value) || !(toNumber(value) >= 0 && toNumber(value) < 2 ** 31)) {
    throw failure(
      'CannotCreateIndex',
      'TTL index expireAfterSeconds option must be numeric and within an acceptable range',
    );
  }
  if (fields.length > 1) {
    throw failure('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  }
  return toNumber(value);
};

/** In its own words, unlike the fields of commands. */
const checkFlags = (specification: Document): void => {
  for (const name of ['unique', 'sparse', 'hidden', 'background']) {
    const value = specification[name] as unknown;
    if (value === undefined || typeof value === 'boolean' || isNumber(value)) continue;
    throw failure(
      'TypeMismatch',
      `The field '${name} has value ${name}: ${shellText(value)}, which is not convertible to bool`,
    );
  }
};

const checkVersion = (version: unknown): void => {
  if (version === undefined) return;
  if (!isNumber(version)) throw failure('TypeMismatch', `The field 'v' must be a number, but got ${typeName(version)}`);
  if ([1, 2].includes(toNumber(version))) return;
  throw failure('CannotCreateIndex', `Invalid index specification; cannot create an index with v=${String(version)}`);
};

const refuse = (specification: Document): void => {
  if ('wildcardProjection' in specification && isDocument(specification.key) && !hasWildcard(specification.key)) {
    throw failure('BadValue', "The field 'wildcardProjection' is only allowed in an 'wildcard' index");
  }
  checkFlags(specification);
  checkVersion(specification.v);
  const unknown = Object.keys(specification).find((name) => !knownOptions.has(name));
  if (unknown) {
    throw failure(
      'InvalidIndexSpecificationOption',
      `The field '${unknown}' is not valid for an index specification, or not supported by this server. Specification: ${shellText(specification)}`,
    );
  }
  if (isDocument(specification.collation) && Object.keys(specification.collation).length === 0) {
    throw failure('BadValue', "The field 'collation' cannot be an empty object.");
  }
  if (specification.sparse && specification.partialFilterExpression) {
    throw failure('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  }
};

const mostFields = 32;

const readKey = ({ key, name }: Document): Document => {
  if (key === undefined)
    throw failure('FailedToParse', "The 'key' field is a required property of an index specification");
  if (!isDocument(key)) throw failure('TypeMismatch', `The field 'key' must be an object, but got ${typeName(key)}`);
  if (Object.keys(key).length === 0) throw failure('CannotCreateIndex', 'Index keys cannot be empty.');
  if (Object.keys(key).length > mostFields) throw locationFailure(13103, 'too many compound keys');
  if (name === undefined)
    throw failure('FailedToParse', "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string')
    throw failure('TypeMismatch', `The field 'name' must be a string, but got ${typeName(name)}`);
  if (name === '') throw failure('CannotCreateIndex', 'index names cannot be empty');
  if (name === '*') throw failure('BadValue', "The index name '*' is not valid.");
  return key;
};

const idIndexOptions = new Set(['key', 'name', 'v', 'ns', 'collation', 'unique']);

/** The index over `_id` is what it is; to ask for it once more is no error. */
const checkIdIndex = (specification: Document, { descending }: IndexField): void => {
  if (descending) {
    throw failure(
      'BadValue',
      `The field 'key' for an _id index must be {_id: 1}, but got ${shellText(specification.key)}`,
    );
  }
  const option = Object.keys(specification).find((name) => !idIndexOptions.has(name));
  if (!option) return;
  throw failure(
    'InvalidIndexSpecificationOption',
    `The field '${option}' is not valid for an _id index specification. Specification: ${shellText(specification)}`,
  );
};

export const isIdIndex = ([field, ...others]: readonly IndexField[]): boolean =>
  field?.path === '_id' && !field.descending && !field.isHashed && others.length === 0;

const partialOperators = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$type', '$exists', '$in', '$and', '$or']);

/** Only what says of each document by itself, and simply, whether it belongs. */
const checkPartialFilter = (filter: unknown): void => {
  if (Array.isArray(filter)) return filter.forEach(checkPartialFilter);
  if (!isDocument(filter)) return;
  for (const [name, value] of Object.entries(filter)) {
    const isSupported = name === '$exists' ? isTruthy(value) : !name.startsWith('$') || partialOperators.has(name);
    if (!isSupported) {
      throw failure('CannotCreateIndex', `Expression not supported in partial index: ${shellText(filter)}`);
    }
    if (!name.startsWith('$') || name === '$and' || name === '$or') checkPartialFilter(value);
  }
};

const readPartialFilter = (filter: unknown): Document | null => {
  if (filter === undefined) return null;
  if (!isDocument(filter)) throw failure('TypeMismatch', "The field 'partialFilterExpression' must be an object");
  compileFilter(filter);
  checkPartialFilter(filter);
  return filter;
};

/** That of the collection, unless the index says otherwise. */
const collationOf = ({ collation: given }: Document, usual: Compare | undefined): Compare | undefined =>
  given === undefined ? usual : readCollation(given);

const checkIdCollation = (collation: Compare | undefined, usual: Compare | undefined): void => {
  if (orderKey(collation?.specification) === orderKey(usual?.specification)) return;
  throw failure('BadValue', 'The _id index must have the same collation as the collection.');
};

/** As `listIndexes` is to give it back. */
const keptSpecification = (given: Document, collation: Compare | undefined): Document => {
  const { key, name, partialFilterExpression: partial, expireAfterSeconds } = given as Record<string, unknown>;
  return {
    v: 2,
    key,
    name,
    ...(isTruthy(given.unique) && { unique: true }),
    ...(isTruthy(given.sparse) && { sparse: true }),
    ...(isDocument(partial) && { partialFilterExpression: partial }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
    ...(isTruthy(given.hidden) && { hidden: true }),
    ...(collation && { collation: collation.specification }),
  };
};

export const readIndex = (specification: Document, usual?: Compare): IndexDefinition => {
  refuse(specification);
  const collation = collationOf(specification, usual);
  const key = readKey(specification);
  const { name, unique, sparse, partialFilterExpression: partial, expireAfterSeconds } = specification;
  const fields = readFields(key, specification);
  const [first, ...others] = fields;
  if (first?.path === '_id' && !first.isHashed && others.length === 0) {
    checkIdIndex(specification, first);
    checkIdCollation(collation, usual);
  }
  return {
    name: name as string,
    fields,
    unique: isTruthy(unique),
    prepareUnique: false,
    sparse: isTruthy(sparse),
    partialFilter: readPartialFilter(partial),
    expireAfterSeconds: readExpiry(expireAfterSeconds, fields),
    hidden: isTruthy(specification.hidden),
    collation,
    specification: keptSpecification(specification, collation),
  };
};

/** What makes an index another one, so that there may be both under different names. */
const signatureOf = ({ specification, unique, sparse, partialFilter, collation }: IndexDefinition): string =>
  orderKey([specification.key, unique, sparse, partialFilter, collation?.specification]);

/** An index that is there already; another of the same name, or the same under another name, is refused. */
export const isSameIndex = (existing: IndexDefinition, wanted: IndexDefinition): boolean => {
  const isAlike = signatureOf(existing) === signatureOf(wanted);
  if (existing.name === wanted.name) {
    if (orderKey(existing.specification) === orderKey(wanted.specification)) return true;
    throw failure(
      isAlike ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. Requested index: ${shellText(wanted.specification)}, existing index: ${shellText(existing.specification)}`,
    );
  }
  if (!isAlike) return false;
  throw failure('IndexOptionsConflict', `Index already exists with a different name: ${existing.name}`);
};
