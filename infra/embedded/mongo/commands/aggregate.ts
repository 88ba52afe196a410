import { compilePipeline, type Scope } from '../aggregating/pipeline.ts';
import { fromPlainDocument, toPlainDocument, toPlainExpression } from '../aggregating/plain.ts';
import { type Document, decodeDocument, encodeDocument, isDocument } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { find, type FindRequest, listedResults, type Results } from '../querying/results.ts';
import { parseSort } from '../querying/sort.ts';
import type { CommandFunction, Session } from '../session.ts';
import { checkCollation } from '../writing/statements.ts';
import { plainExpression } from '../aggregating/context.ts';
import { writeOutput } from '../writing/output.ts';
import { cursorBatchSize, openCursor } from './read.ts';
import { namespaceOf } from './write.ts';

interface Split {
  readonly request: FindRequest;
  readonly rest: readonly unknown[];
}

const everything: FindRequest = { filter: {}, sort: [], skip: 0, limit: Number.POSITIVE_INFINITY, project: null };

/** What the beginning of the pipeline says in the words of a find, which may go along an index. */
export const splitPipeline = (pipeline: readonly unknown[], hint: unknown): Split => {
  const request: { -readonly [Key in keyof FindRequest]: FindRequest[Key] } = { ...everything, hint };
  let at = 0;
  const take = (name: string, use: (specification: unknown) => boolean): void => {
    const stage = pipeline[at];
    if (isDocument(stage) && name in stage && Object.keys(stage).length === 1 && use(stage[name])) at++;
  };
  take('$match', (filter) => isDocument(filter) && Boolean((request.filter = filter)));
  take('$sort', (sort) => Boolean((request.sort = parseSort(sort)).length));
  take('$skip', (skip) => isNumber(skip) && toNumber(skip) >= 0 && Boolean((request.skip = toNumber(skip)) || true));
  take('$limit', (limit) => isNumber(limit) && toNumber(limit) > 0 && Boolean((request.limit = toNumber(limit))));
  return { request, rest: pipeline.slice(at) };
};

function* read(results: Results): Generator<Buffer> {
  for (let bytes = results.next(); bytes; bytes = results.next()) yield bytes;
}

const scopeOf = (command: Command, { databases }: Session): Scope => {
  const constants = Object.entries(command.document('let') ?? {});
  const variables = Object.fromEntries(
    constants.map(([name, expression]) => [name, plainExpression(toPlainExpression(expression))({})]),
  );
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

const pipelineOf = (command: Command): unknown[] => {
  const pipeline = command.get('pipeline');
  if (!Array.isArray(pipeline)) throw failure('TypeMismatch', "'pipeline' option must be specified as an array");
  if (pipeline.length > 1000) throw locationFailure(7749501, 'Pipeline length must be no longer than 1000 stages');
  return pipeline;
};

/** The documents of a whole pipeline; with only find-like stages they are passed on as they are stored. */
const runPipeline = (command: Command, session: Session, stages: readonly unknown[]): Results => {
  const source = command.get('aggregate');
  const isCollectionless = isNumber(source);
  const { request, rest } = isCollectionless
    ? { request: everything, rest: stages }
    : splitPipeline(stages, command.get('hint'));
  const run = compilePipeline(rest, scopeOf(command, session));
  const { database, collection } = isCollectionless
    ? { database: command.database, collection: '' }
    : namespaceOf(command);
  const found = find(session.databases.find(database, collection), request);
  if (rest.length === 0) return found;
  const plain = function* (): Generator<Document> {
    for (const bytes of read(found)) yield toPlainDocument(decodeDocument(bytes));
  };
  return listedResults([...run(plain())].map((document) => encodeDocument(fromPlainDocument(document))));
};

export const aggregate: CommandFunction = (command, session) => {
  checkCollation(command.get('collation'));
  if (command.flag('explain'))
    throw failure('NotImplemented', 'explain of an aggregation goes through the explain command');
  const { stages, output } = splitOutput(pipelineOf(command));
  const source = command.get('aggregate');
  const namespace = `${command.database}.${isNumber(source) ? '$cmd.aggregate' : String(source)}`;
  let results = runPipeline(command, session, stages);
  if (output) {
    writeOutput(session.databases, command.database, { stage: output, documents: [...read(results)] });
    results = listedResults([]);
  }
  return openCursor(session, { namespace, results, batchSize: cursorBatchSize(command.document('cursor')) });
};
