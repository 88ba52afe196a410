import { compilePipeline, type Scope } from '../aggregating/pipeline.ts';
import { toPlainDocument } from '../aggregating/plain.ts';
import { type Document, decodeDocument, encodeDocument, isDocument } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber } from '../numbers.ts';
import { find, listedResults, type Results } from '../querying/results.ts';
import { everything, splitPipeline } from '../querying/split-pipeline.ts';
import type { CommandFunction, Session } from '../session.ts';
import { checkCollation } from '../writing/statements.ts';
import { writeOutput } from '../writing/output.ts';
import { explainCommand } from './explain.ts';
import { cursorBatchSize, openCursor } from './read.ts';
import { sourceDocuments } from './source-stages.ts';
import { letVariables } from './variables.ts';
import { namespaceOf } from './write.ts';

function* read(results: Results): Generator<Buffer> {
  for (let bytes = results.next(); bytes; bytes = results.next()) yield bytes;
}

const scopeOf = (command: Command, { databases }: Session): Scope => {
  const variables = letVariables(command);
  const decoded = new Map<string, readonly Document[]>();
  const collection = (name: string): readonly Document[] => {
    let documents = decoded.get(name);
    if (!documents) {
      const results = find(databases.find(command.database, name), everything);
      decoded.set(name, (documents = [...read(results)].map((bytes) => toPlainDocument(decodeDocument(bytes)))));
    }
    return documents;
  };
  return { variables, collection };
};

const outputStages = ['$out', '$merge'];

const splitOutput = (stages: readonly unknown[]): { stages: readonly unknown[]; output: Document | null } => {
  const last = stages.at(-1);
  const isOutput = isDocument(last) && outputStages.some((name) => name in last);
  return isOutput ? { stages: stages.slice(0, -1), output: last } : { stages, output: null };
};

const collectionless = ['$documents', '$currentOp', '$listLocalSessions', '$changeStream'];

const checkCollectionless = ([first]: readonly unknown[]): void => {
  const [name = ''] = isDocument(first) ? Object.keys(first) : [];
  if (!collectionless.includes(name)) {
    throw failure('InvalidNamespace', `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  }
};

const pipelineOf = (command: Command): unknown[] => {
  const pipeline = command.get('pipeline');
  if (!Array.isArray(pipeline)) throw failure('TypeMismatch', "'pipeline' option must be specified as an array");
  if (pipeline.length > 1000) throw locationFailure(7749501, 'Pipeline length must be no longer than 1000 stages');
  if (isNumber(command.get('aggregate'))) checkCollectionless(pipeline);
  else if (isDocument(pipeline[0]) && '$documents' in pipeline[0])
    throw failure('InvalidNamespace', '$documents can only be run with {aggregate: 1}');
  return pipeline;
};

/** The documents of a whole pipeline; with only find-like stages they are passed on as they are stored. */
const runPipeline = (command: Command, session: Session, stages: readonly unknown[]): Results => {
  const scope = scopeOf(command, session);
  const told = sourceDocuments(command, session, stages[0]);
  if (told) return computed(compilePipeline(stages.slice(1), scope)(told.map(toPlainDocument)));
  const isCollectionless = isNumber(command.get('aggregate'));
  const { request, rest } = isCollectionless
    ? { request: everything, rest: stages }
    : splitPipeline(stages, { hint: command.get('hint'), variables: scope.variables });
  const run = compilePipeline(rest, scope);
  const { database, collection } = isCollectionless
    ? { database: command.database, collection: '' }
    : namespaceOf(command);
  const found = find(session.databases.find(database, collection), request);
  if (rest.length === 0) return found;
  const plain = function* (): Generator<Document> {
    for (const bytes of read(found)) yield toPlainDocument(decodeDocument(bytes));
  };
  return computed(run(plain()));
};

const computed = (documents: Iterable<Document>): Results => listedResults([...documents].map(encodeDocument));

export const aggregate: CommandFunction = (command, session) => {
  checkCollation(command.get('collation'));
  if (command.flag('explain')) return explainCommand(command, session, 'queryPlanner');
  if (!isDocument(command.get('cursor'))) {
    throw failure('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const { stages, output } = splitOutput(pipelineOf(command));
  const source = command.get('aggregate');
  const namespace = `${command.database}.${isNumber(source) ? '$cmd.aggregate' : String(source)}`;
  let results = runPipeline(command, session, stages);
  if (output) {
    writeOutput(session.databases, command.database, { stage: output, documents: [...read(results)] });
    results = listedResults([]);
  }
  return openCursor(command, session, { namespace, results, batchSize: cursorBatchSize(command.document('cursor')) });
};
