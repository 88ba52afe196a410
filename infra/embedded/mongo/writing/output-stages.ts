import { checkKnown } from '../aggregating/operator.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';
import { missingField, unknownField, wrongType } from '../field-faults.ts';
import { typeName } from '../matching/types.ts';
import type { Namespace } from './apply.ts';

/** Where `$out` and `$merge` write to, and how. */

const ownDatabases = ['admin', 'config', 'local'];

const textOf = (specification: Document, name: string, stage: string): string => {
  const value = specification[name] as unknown;
  if (value === undefined) throw missingField(`${stage}.${name}`);
  if (typeof value === 'string') return value;
  throw wrongType(`${stage}.${name}`, value, "type 'string'");
};

const readOut = (target: unknown, database: string): Namespace => {
  if (typeof target === 'string') return { database, collection: target };
  if (!isDocument(target))
    throw locationFailure(16990, `$out only supports a string or object argument, but found ${typeName(target)}`);
  checkKnown(target, ['db', 'coll'], (name) => unknownField(`$out.${name}`));
  return { database: textOf(target, 'db', '$out'), collection: textOf(target, 'coll', '$out') };
};

export const outTarget = (specification: unknown, database: string): Namespace => {
  const at = readOut(specification, database);
  if (ownDatabases.includes(at.database))
    throw locationFailure(31321, `Can't $out to internal database: ${at.database}`);
  if (at.collection.startsWith('system.'))
    throw locationFailure(17385, `Can't $out to special collection: ${at.collection}`);
  return at;
};

const intoOf = (into: unknown, database: string): Namespace => {
  if (typeof into === 'string') {
    if (into === '') throw locationFailure(5786800, "Invalid $merge target namespace: ''");
    return { database, collection: into };
  }
  if (!isDocument(into))
    throw locationFailure(
      51178,
      `$merge 'into' field  must be either a string or an object, but found ${typeName(into)}`,
    );
  checkKnown(into, ['db', 'coll'], (name) => unknownField(`into.${name}`));
  if (into.coll === undefined || into.coll === null)
    throw locationFailure(5786801, "Invalid $merge target namespace: 'coll' is missing");
  const named = { db: database, ...into };
  return { database: textOf(named, 'db', 'into'), collection: textOf(named, 'coll', 'into') };
};

const checkTarget = ({ database, collection }: Namespace): void => {
  if (ownDatabases.includes(database)) throw locationFailure(31320, `Cannot $merge to internal database: ${database}`);
  if (collection.startsWith('system.'))
    throw locationFailure(31319, `Cannot $merge to special collection: ${collection}`);
};

export interface Merge extends Document {
  readonly at: Namespace;
}

export const readMerge = (specification: unknown, database: string): Merge => {
  if (typeof specification !== 'string' && !isDocument(specification))
    throw locationFailure(51182, `$merge only supports a string or object argument, not ${typeName(specification)}`);
  const { into, ...how } = isDocument(specification) ? specification : { into: specification };
  checkKnown(how, ['on', 'let', 'whenMatched', 'whenNotMatched'], (name) => unknownField(`$merge.${name}`));
  if (into === undefined) throw missingField('$merge.into');
  const at = intoOf(into, database);
  checkTarget(at);
  return { ...how, at };
};
