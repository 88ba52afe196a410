import { decodeDocument, decodeValue, type Document } from '../bson/decode.ts';
import { BsonType, Elements, type Place } from '../bson/elements.ts';
import { failure, locationFailure } from '../errors.ts';
import { isTruthy } from '../numbers.ts';
import { parseSort, type SortField } from '../querying/sort.ts';
import { type Modification, readModification } from './modification.ts';

export interface UpdateStatement {
  readonly filter: Document;
  readonly modification: Modification;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly hint: unknown;
  readonly sort: readonly SortField[];
}

export interface DeleteStatement {
  readonly filter: Document;
  readonly multi: boolean;
  readonly hint: unknown;
}

/** The names under which a command carries the parts: `update` says `q` and `u`, `bulkWrite` says them in full. */
export interface PartNames {
  readonly filter: string;
  readonly modification?: string;
}

interface Parts {
  readonly filter: Document;
  readonly modification: Place | undefined;
  /** Everything beside the two large parts. */
  readonly options: Document;
}

const readParts = (bytes: Buffer, names: PartNames): Parts => {
  const options: Document = {};
  let filter: Document | undefined;
  let modification: Place | undefined;
  const elements = new Elements(bytes);
  while (elements.next()) {
    const { name, type, at, end } = elements;
    if (name === names.modification) modification = { type, at, end };
    else if (name === names.filter && type === BsonType.object) filter = decodeDocument(bytes, at);
    else options[name] = decodeValue(elements);
  }
  if (filter) return { filter, modification, options };
  if (!(names.filter in options)) throw missing(names.filter);
  throw failure('TypeMismatch', `BSON field '${names.filter}' is the wrong type, expected type 'object'`);
};

const missing = (name: string): Error => locationFailure(40414, `BSON field '${name}' is missing but a required field`);

/** Text compares by its bytes; any other collation is refused rather than ignored. */
export const checkCollation = (collation: unknown): void => {
  const { locale } = (collation ?? {}) as { locale?: unknown };
  if (locale !== undefined && locale !== 'simple') {
    throw failure('NotImplemented', `collations other than 'simple' are not supported by this server`);
  }
};

export const readUpdate = (bytes: Buffer, names: PartNames): UpdateStatement => {
  const { filter, modification: place, options } = readParts(bytes, names);
  if (!place) throw missing(names.modification!);
  checkCollation(options.collation);
  const modification = readModification(bytes, place, options.arrayFilters);
  const multi = isTruthy(options.multi);
  if (multi && modification.isReplacement) {
    throw failure('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  const { hint, sort } = options;
  return { filter, modification, multi, upsert: isTruthy(options.upsert), hint, sort: parseSort(sort) };
};

export const readDelete = (bytes: Buffer, names: PartNames): DeleteStatement => {
  const { filter, options } = readParts(bytes, names);
  checkCollation(options.collation);
  const multi = 'limit' in options ? !isTruthy(options.limit) : isTruthy(options.multi);
  return { filter, multi, hint: options.hint };
};
