import type { Variables } from '../aggregating/operator.ts';
import { decodeDocument, decodeValue, type Document } from '../bson/decode.ts';
import { BsonType, Elements, findElement } from '../bson/elements.ts';
import { failure } from '../errors.ts';
import { checkRange, missingField, numberTypes, unknownField, wrongType } from '../field-faults.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { isNumber, toWhole } from '../numbers.ts';
import type { Databases } from '../storage/databases.ts';
import { shellText } from '../storage/shell-text.ts';
import { applyDelete, applyUpdate, insertDocument, type Target } from '../writing/apply.ts';
import { deleteDialects, readDelete, readUpdate, updateDialects } from '../writing/statements.ts';
import { isNamespace } from './write.ts';

export const totals = () => ({ nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 });
export type Totals = ReturnType<typeof totals>;

const targetFields = ['ns', 'collectionUUID', 'encryptionInformation', 'isTimeseriesNamespace'];

export const readTarget = (bytes: Buffer, skipsValidation: boolean): Target => {
  const path = 'bulkWrite.nsInfo';
  const { ns, ...others } = decodeDocument(bytes);
  const [other] = Object.keys(others);
  if (other !== undefined) {
    if (!targetFields.includes(other)) throw unknownField(`${path}.${other}`);
    throw failure('NotImplemented', `${other} in nsInfo is not supported by this server`);
  }
  if (ns === undefined) throw missingField(`${path}.ns`);
  if (typeof ns !== 'string') throw wrongType(`${path}.ns`, ns, "type 'string'");
  const dot = ns.indexOf('.');
  const [database, collection] = dot < 0 ? [ns, ''] : [ns.slice(0, dot), ns.slice(dot + 1)];
  if (isNamespace(database, collection)) return { database, collection, skipsValidation };
  throw failure('InvalidNamespace', `Invalid namespace specified for bulkWrite: '${ns}'`);
};

export interface Operation {
  readonly kind: string;
  readonly run: (sum: Totals) => Document;
}

/** Where an operation goes, what it is, and what all of the batch share. */
interface Reading {
  readonly at: Target;
  readonly bytes: Buffer;
  readonly databases: Databases;
  readonly variables: Variables;
}

const readInsert = ({ at, bytes, databases }: Reading): Operation['run'] => {
  const elements = new Elements(bytes);
  while (elements.next())
    if (!['insert', 'document'].includes(elements.name)) throw unknownField(`bulkWrite.ops.${elements.name}`);
  const found = findElement(bytes, 'document');
  if (!found) throw missingField('bulkWrite.ops.document');
  if (found.type !== BsonType.object) throw wrongType('bulkWrite.ops.document', decodeValue(found), "type 'object'");
  return (sum) => {
    insertDocument(databases, at, bytes.subarray(found.at, found.end));
    sum.nInserted++;
    return { n: 1 };
  };
};

const readUpdating = ({ at, bytes, databases, variables }: Reading): Operation['run'] => {
  const statement = readUpdate(bytes, updateDialects.bulkWrite, variables);
  return (sum) => {
    const outcome = applyUpdate(databases, at, statement());
    sum.nMatched += outcome.matched;
    sum.nModified += outcome.modified;
    if (!outcome.upserted) return { n: outcome.matched, nModified: outcome.modified };
    sum.nUpserted++;
    return { n: 1, nModified: 0, upserted: outcome.upserted };
  };
};

const readDeleting = ({ at, bytes, databases, variables }: Reading): Operation['run'] => {
  const statement = readDelete(bytes, deleteDialects.bulkWrite, variables);
  return (sum) => {
    const n = applyDelete(databases, at, statement());
    sum.nDeleted += n;
    return { n };
  };
};

const kinds: Readonly<Record<string, (reading: Reading) => Operation['run']>> = {
  insert: readInsert,
  update: readUpdating,
  delete: readDeleting,
};

/** What is wrong with the form of an operation is wrong with the whole command. */
export const readOperation = (targets: readonly Target[], shared: Omit<Reading, 'at'>): Operation => {
  const { bytes } = shared;
  const elements = new Elements(bytes);
  const kind = elements.next() ? elements.name : '';
  if (!Object.hasOwn(kinds, kind)) throw unknownField(`bulkWrite.${kind}`);
  const given = decodeValue(elements);
  if (!isNumber(given)) throw wrongType(`bulkWrite.ops.${kind}`, given, numberTypes);
  const at = targets[checkRange(kind, toWhole(given), { least: 0 })];
  if (at) {
    const run = kinds[kind]!({ ...shared, at });
    const usual = shared.databases.collections(at.database).get(at.collection)?.collation;
    return { kind, run: (sum) => withCollation(usual, () => run(sum)) };
  }
  throw failure('BadValue', `BulkWrite ops entry ${shellText(decodeDocument(bytes))} has an invalid nsInfo index.`);
};
