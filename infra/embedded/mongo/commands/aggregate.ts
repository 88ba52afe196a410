import { type Document, isDocument } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { numberTypes, unknownField, wrongType } from '../field-faults.ts';
import { currentCollation } from '../matching/collation-scope.ts';
import { typeName } from '../matching/types.ts';
import { isNumber } from '../numbers.ts';
import { listedResults, type Results } from '../querying/results.ts';
import type { CommandFunction, Session } from '../session.ts';
import { writeOutput } from '../writing/output.ts';
import { explainCommand } from './explain.ts';
import { cursorBatchSize, openCursor } from './read.ts';
import { readPipeline } from './read-pipeline.ts';
import { read, runOn, runPipeline } from './run-pipeline.ts';
import { sourceDocuments } from './source-stages.ts';
import { letVariables } from './variables.ts';
import { namespaceOf } from './write.ts';

const outputStages = ['$out', '$merge'];

const splitOutput = (stages: readonly unknown[]): { stages: readonly unknown[]; output: Document | null } => {
  const last = stages.at(-1);
  const isOutput = isDocument(last) && outputStages.some((name) => name in last);
  return isOutput ? { stages: stages.slice(0, -1), output: last } : { stages, output: null };
};

/** In its own words, unlike all other commands. */
const checkSource = (source: unknown): void => {
  if (isNumber(source) || typeof source === 'string') return;
  throw failure('TypeMismatch', `collection name has invalid type: ${typeName(source)}`);
};

const checkCursor = (command: Command): void => {
  const cursor = command.document('cursor');
  if (!cursor)
    throw failure('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
  const unknown = Object.keys(cursor).find((name) => name !== 'batchSize');
  if (unknown !== undefined) throw unknownField(`aggregate.cursor.${unknown}`);
  const { batchSize = null } = cursor;
  if (batchSize !== null && !isNumber(batchSize)) throw wrongType('aggregate.cursor.batchSize', batchSize, numberTypes);
};

const resultsOf = (command: Command, session: Session, stages: readonly unknown[]): Results => {
  const surroundings = {
    databases: session.databases,
    variables: letVariables(command),
    hint: command.get('hint'),
    compare: currentCollation(),
  };
  const { database } = command;
  const told = sourceDocuments(command, session, stages[0]);
  if (told) return runOn(told, stages.slice(1), { database, surroundings });
  if (isNumber(command.get('aggregate'))) return runOn([], stages, { database, surroundings });
  return runPipeline(namespaceOf(command), stages, surroundings);
};

export const aggregate: CommandFunction = (command, session) => {
  checkSource(command.get('aggregate'));
  if (command.flag('explain')) return explainCommand(command, session, 'queryPlanner');
  checkCursor(command);
  const { stages, output } = splitOutput(readPipeline(command));
  const source = command.get('aggregate');
  const namespace = `${command.database}.${isNumber(source) ? '$cmd.aggregate' : String(source)}`;
  let results = resultsOf(command, session, stages);
  if (output) {
    writeOutput(session.databases, command.database, {
      stage: output,
      documents: [...read(results)],
      skipsValidation: command.flag('bypassDocumentValidation'),
      variables: letVariables(command),
    });
    results = listedResults([]);
  }
  return openCursor(command, session, { namespace, results, batchSize: cursorBatchSize(command.document('cursor')) });
};
