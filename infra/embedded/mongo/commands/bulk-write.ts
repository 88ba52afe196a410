import type { Variables } from '../aggregating/operator.ts';
import { decodeValue, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { BsonType, Elements, findElement } from '../bson/elements.ts';
import { Cursor } from '../cursor.ts';
import { CommandFailure, failure } from '../errors.ts';
import { missingField } from '../field-faults.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { listedResults } from '../querying/results.ts';
import { cursorReply } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Databases } from '../storage/databases.ts';
import { applyDelete, applyUpdate, insertDocument, type Target } from '../writing/apply.ts';
import { deleteDialects, readDelete, readUpdate, updateDialects } from '../writing/statements.ts';
import { letVariables } from './variables.ts';
import { checkBatchSize } from './write.ts';

const totals = () => ({ nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 });
type Totals = ReturnType<typeof totals>;

const readTarget = (bytes: Buffer, skipsValidation: boolean): Target => {
  const found = findElement(bytes, 'ns');
  const ns = found ? String(decodeValue(found)) : '';
  const dot = ns.indexOf('.');
  if (dot < 1) throw failure('InvalidNamespace', `Invalid namespace specified for bulkWrite: '${ns}'`);
  return { database: ns.slice(0, dot), collection: ns.slice(dot + 1), skipsValidation };
};

interface Operation {
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
  const found = findElement(bytes, 'document');
  if (found?.type !== BsonType.object) throw missingField('bulkWrite.insert.document');
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
const readOperation = (targets: readonly Target[], shared: Omit<Reading, 'at'>): Operation => {
  const elements = new Elements(shared.bytes);
  const kind = elements.next() ? elements.name : '';
  const read = kinds[kind];
  if (!read) throw failure('BadValue', `Unrecognized bulkWrite operation: '${kind}'`);
  const index = decodeValue(elements);
  const at = isNumber(index) ? targets[toNumber(index)] : undefined;
  if (!at) throw failure('BadValue', `BulkWrite ops entry ${kind} has an invalid nsInfo index.`);
  return { kind, run: read({ ...shared, at }) };
};

const attempt = ({ kind, run }: Operation, sum: Totals): Document => {
  try {
    return { ok: 1, ...run(sum) };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    sum.nErrors++;
    const nothing = kind === 'update' ? { n: 0, nModified: 0 } : { n: 0 };
    return { ok: 0, code: error.code, errmsg: error.message, ...error.details, ...nothing };
  }
};

/** One answer per operation in a cursor of their own, and the sums beside it. */
export const bulkWrite: CommandFunction = (command, session) => {
  const skipsValidation = command.flag('bypassDocumentValidation');
  const targets = command.rawDocuments('nsInfo').map((bytes) => readTarget(bytes, skipsValidation));
  const ordered = command.flag('ordered', true);
  const errorsOnly = command.flag('errorsOnly');
  const sum = totals();
  const variables = letVariables(command);
  const answers: Buffer[] = [];
  const raw = command.rawDocuments('ops');
  checkBatchSize(raw.length);
  const { databases } = session;
  const operations = raw.map((bytes) => readOperation(targets, { bytes, databases, variables }));
  for (const [idx, operation] of operations.entries()) {
    const { ok, ...answer } = attempt(operation, sum);
    if (!errorsOnly || ok === 0) answers.push(encodeDocument({ ok, idx, ...answer }));
    if (ordered && ok === 0) break;
  }
  const namespace = 'admin.$cmd.bulkWrite';
  const cursor = new Cursor({ namespace, results: listedResults(answers), session: command.sessionKey() });
  const options = command.document('cursor');
  const batchSize = isDocument(options) && isNumber(options.batchSize) ? toNumber(options.batchSize) : Infinity;
  const documents = cursor.take(batchSize);
  return cursorReply({
    id: session.cursors.keep(cursor),
    namespace,
    batchName: 'firstBatch',
    documents,
    beside: { ...sum },
  });
};
