import { encodeDocument, type Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { Cursor } from '../cursor.ts';
import { CommandFailure } from '../errors.ts';
import { checkRange } from '../field-faults.ts';
import { isNumber, toWhole } from '../numbers.ts';
import { listedResults } from '../querying/results.ts';
import { cursorReply } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import { type Operation, readOperation, readTarget, type Totals, totals } from './bulk-operations.ts';
import { letVariables } from './variables.ts';
import { checkBatchSize } from './write.ts';

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

const batchSizeOf = (command: Command): number => {
  const { batchSize } = command.document('cursor') ?? {};
  return isNumber(batchSize) ? checkRange('cursor.batchSize', toWhole(batchSize), { least: 0 }) : Infinity;
};

/** One answer per operation in a cursor of their own, and the sums beside it. */
export const bulkWrite: CommandFunction = (command, session) => {
  const skipsValidation = command.flag('bypassDocumentValidation');
  const targets = command.rawDocuments('nsInfo').map((bytes) => readTarget(bytes, skipsValidation));
  const batchSize = batchSizeOf(command);
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
  const documents = cursor.take(batchSize);
  return cursorReply({
    id: session.cursors.keep(cursor),
    namespace,
    batchName: 'firstBatch',
    documents,
    beside: { ...sum },
  });
};
