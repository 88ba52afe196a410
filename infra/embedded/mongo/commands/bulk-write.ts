import { type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { BsonType, Elements, findElement } from '../bson/elements.ts';
import { decodeValue } from '../bson/decode.ts';
import { Cursor } from '../cursor.ts';
import { CommandFailure, failure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { listedResults } from '../querying/results.ts';
import { cursorReply } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import { applyDelete, applyUpdate, insertDocument, type Namespace } from '../writing/apply.ts';
import { readDelete, readUpdate } from '../writing/statements.ts';

const totals = () => ({ nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 });
type Totals = ReturnType<typeof totals>;

const readNamespace = (bytes: Buffer): Namespace => {
  const found = findElement(bytes, 'ns');
  const ns = found ? String(decodeValue(found)) : '';
  const dot = ns.indexOf('.');
  if (dot < 1) throw failure('InvalidNamespace', `Invalid namespace specified for bulkWrite: '${ns}'`);
  return { database: ns.slice(0, dot), collection: ns.slice(dot + 1) };
};

interface Operation {
  readonly kind: string;
  readonly at: Namespace;
  readonly bytes: Buffer;
}

const readOperation = (bytes: Buffer, namespaces: readonly Namespace[]): Operation => {
  const elements = new Elements(bytes);
  elements.next();
  const index = decodeValue(elements);
  const at = isNumber(index) ? namespaces[toNumber(index)] : undefined;
  if (!at) throw failure('BadValue', `BulkWrite ops entry ${elements.name} has an invalid nsInfo index.`);
  return { kind: elements.name, at, bytes };
};

const kinds: Record<string, (operation: Operation, session: Session, sum: Totals) => Document> = {
  insert: ({ at, bytes }, { databases }, sum) => {
    const found = findElement(bytes, 'document');
    if (found?.type !== BsonType.object) throw failure('BadValue', 'bulkWrite insert needs a document');
    insertDocument(databases, at, bytes.subarray(found.at, found.end));
    sum.nInserted++;
    return { n: 1 };
  },
  update: ({ at, bytes }, { databases }, sum) => {
    const outcome = applyUpdate(databases, at, readUpdate(bytes, { filter: 'filter', modification: 'updateMods' }));
    sum.nMatched += outcome.matched;
    sum.nModified += outcome.modified;
    if (!outcome.upserted) return { n: outcome.matched, nModified: outcome.modified };
    sum.nUpserted++;
    return { n: 1, nModified: 0, upserted: outcome.upserted };
  },
  delete: ({ at, bytes }, { databases }, sum) => {
    const n = applyDelete(databases, at, readDelete(bytes, { filter: 'filter' }));
    sum.nDeleted += n;
    return { n };
  },
};

const attempt = (operation: Operation, session: Session, sum: Totals): Document => {
  try {
    const run = kinds[operation.kind];
    if (!run) throw failure('BadValue', `Unknown bulkWrite operation: ${operation.kind}`);
    return { ok: 1, ...run(operation, session, sum) };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    sum.nErrors++;
    const nothing = operation.kind === 'update' ? { n: 0, nModified: 0 } : { n: 0 };
    return { ok: 0, code: error.code, errmsg: error.message, ...error.details, ...nothing };
  }
};

/** One answer per operation in a cursor of their own, and the sums beside it. */
export const bulkWrite: CommandFunction = (command, session) => {
  if (command.database !== 'admin')
    throw failure('Unauthorized', 'bulkWrite may only be run against the admin database.');
  const namespaces = command.rawDocuments('nsInfo').map(readNamespace);
  const ordered = !command.has('ordered') || command.flag('ordered');
  const errorsOnly = command.flag('errorsOnly');
  const sum = totals();
  const answers: Buffer[] = [];
  const operations = command.rawDocuments('ops').map((bytes) => readOperation(bytes, namespaces));
  for (const [idx, operation] of operations.entries()) {
    const { ok, ...answer } = attempt(operation, session, sum);
    if (!errorsOnly || ok === 0) answers.push(encodeDocument({ ok, idx, ...answer }));
    if (ordered && ok === 0) break;
  }
  const namespace = 'admin.$cmd.bulkWrite';
  const cursor = new Cursor(namespace, session.owner, listedResults(answers));
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
