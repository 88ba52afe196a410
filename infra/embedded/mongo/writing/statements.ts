import type { Variables } from '../aggregating/operator.ts';
import { decodeDocument, decodeValue, type Document, isDocument } from '../bson/decode.ts';
import { BsonType, Elements, type Place } from '../bson/elements.ts';
import { constants } from '../commands/variables.ts';
import { failure, locationFailure } from '../errors.ts';
import { checkFlag, missingField, unknownField, wrongType } from '../field-faults.ts';
import { type Compare, readCollation } from '../matching/collation.ts';
import { currentCollation, withCollation } from '../matching/collation-scope.ts';
import { isNumber, isTruthy, toNumber } from '../numbers.ts';
import { parseSort, type SortField } from '../querying/sort.ts';
import { type Modification, readModification } from './modification.ts';

interface Statement {
  readonly filter: Document;
  readonly multi: boolean;
  readonly hint: unknown;
  readonly variables: Variables;
  readonly compare: Compare | undefined;
}
export type DeleteStatement = Statement;

export interface UpdateStatement extends Statement {
  readonly modification: Modification;
  readonly upsert: boolean;
  readonly sort: readonly SortField[];
}

/** How a command writes a statement: `update` says `q` and `u`, `bulkWrite` says them in full. */
interface Dialect {
  /** As error messages name it. */
  readonly name: string;
  readonly filter: string;
  readonly modification?: string;
  readonly constants?: string;
  /** Everything beside the parts above. */
  readonly options: readonly string[];
}

const updateOptions = ['multi', 'upsert', 'collation', 'arrayFilters', 'hint', 'sort', 'sampleId'];

export const updateDialects = {
  update: { name: 'update.updates', filter: 'q', modification: 'u', constants: 'c', options: updateOptions },
  bulkWrite: {
    ...{ name: 'bulkWrite.ops', filter: 'filter', modification: 'updateMods', constants: 'constants' },
    options: ['update', ...updateOptions],
  },
} satisfies Record<string, Dialect>;

export const deleteDialects = {
  delete: { name: 'delete.deletes', filter: 'q', options: ['limit', 'collation', 'hint', 'sampleId'] },
  bulkWrite: { name: 'bulkWrite.ops', filter: 'filter', options: ['delete', 'multi', 'collation', 'hint', 'sampleId'] },
} satisfies Record<string, Dialect>;

interface Parts {
  readonly filter: Document;
  readonly modification: Place | undefined;
  /** Everything beside the two large parts. */
  readonly options: Document;
}

const readParts = (bytes: Buffer, dialect: Dialect): Parts => {
  const options: Document = {};
  let filter: Document | undefined;
  let modification: Place | undefined;
  const elements = new Elements(bytes);
  while (elements.next()) {
    const { name, type, at, end } = elements;
    if (name === dialect.modification) modification = { type, at, end };
    else if (name === dialect.filter && type === BsonType.object) filter = decodeDocument(bytes, at);
    else options[name] = decodeValue(elements);
  }
  checkOptions(options, dialect);
  if (!filter) throw missing(dialect, dialect.filter);
  return { filter, modification, options };
};

const checkOptions = (options: Document, dialect: Dialect): void => {
  for (const name of Object.keys(options)) {
    const path = `${dialect.name}.${name}`;
    if (name === dialect.filter) throw wrongType(path, options[name], "type 'object'");
    if (!dialect.options.includes(name) && name !== dialect.constants) throw unknownField(path);
    checkOption(path, name, options[name]);
  }
};

const flags = ['multi', 'upsert'];
const documents = ['collation', 'sort', 'c', 'constants'];

const checkOption = (path: string, name: string, value: unknown): void => {
  if (value === undefined || value === null) return;
  if (flags.includes(name)) checkFlag(path, value, false);
  if (documents.includes(name) && !isDocument(value)) throw wrongType(path, value, "type 'object'");
  if (name === 'arrayFilters' && !Array.isArray(value)) throw wrongType(path, value, "type 'array'");
  if (name === 'hint') checkHint(value);
};

const checkHint = (hint: unknown): void => {
  if (typeof hint === 'string' || isDocument(hint)) return;
  throw failure('FailedToParse', 'Hint must be a string or an object');
};

const missing = ({ name }: Dialect, field: string): Error => missingField(`${name}.${field}`);

/** What the statement says itself, or what its command goes by. */
const collationOf = ({ collation = null }: Document): Compare | undefined =>
  collation === null ? currentCollation() : readCollation(collation);

/**
 * Reads what a statement is made of, and throws when that is wrong, which is a fault of the whole command. What it means
 * comes after, by the function given back, and a fault there is one of this statement only. The variables are those
 * of the whole command.
 */
export const readUpdate = (bytes: Buffer, dialect: Dialect, variables: Variables): (() => UpdateStatement) => {
  const parts = readParts(bytes, dialect);
  if (!parts.modification) throw missing(dialect, dialect.modification!);
  const { type } = parts.modification;
  if (type !== BsonType.object && type !== BsonType.array)
    throw failure('FailedToParse', 'Update argument must be either an object or an array');
  return () => updateOf(bytes, parts, { dialect, variables });
};

interface Meaning {
  readonly dialect: Dialect;
  readonly variables: Variables;
}

const updateOf = (bytes: Buffer, parts: Parts, meaning: Meaning): UpdateStatement => {
  const compare = collationOf(parts.options);
  return withCollation(compare, () => ({ ...collatedUpdate(bytes, parts, meaning), compare }));
};

const collatedUpdate = (
  bytes: Buffer,
  parts: Parts,
  { dialect, variables }: Meaning,
): Omit<UpdateStatement, 'compare'> => {
  const { filter, modification: place, options } = parts;
  const own = options[dialect.constants!];
  const all = isDocument(own) ? { ...variables, ...constants(own) } : variables;
  if (own !== undefined && place!.type !== BsonType.array)
    throw locationFailure(51198, 'Constant values may only be specified for pipeline updates');
  const modification = readModification(bytes, place!, { arrayFilters: options.arrayFilters, variables: all });
  const { hint } = options;
  const multi = isTruthy(options.multi);
  const sort = parseSort(options.sort);
  if (multi && modification.isReplacement)
    throw failure('FailedToParse', 'multi update is not supported for replacement-style update');
  if (multi && sort.length > 0) throw failure('FailedToParse', 'Cannot specify sort with multi=true');
  return { filter, modification, multi, upsert: isTruthy(options.upsert), hint, sort, variables: all };
};

/** As {@link readUpdate}. */
export const readDelete = (bytes: Buffer, dialect: Dialect, variables: Variables): (() => DeleteStatement) => {
  const { filter, options } = readParts(bytes, dialect);
  const multi = dialect.options.includes('limit') ? isWithoutLimit(dialect, options.limit) : isTruthy(options.multi);
  return () => {
    const compare = collationOf(options);
    return { filter, multi, hint: options.hint, variables, compare };
  };
};

const isWithoutLimit = (dialect: Dialect, limit: unknown): boolean => {
  if (limit === undefined) throw missing(dialect, 'limit');
  const value = isNumber(limit) ? toNumber(limit) : Number.NaN;
  if (value === 0 || value === 1) return value === 0;
  throw failure('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${value}`);
};
