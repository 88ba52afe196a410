import { Long } from 'bson';
import type { Document } from '../bson/decode.ts';
import { RawFields } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { Cursor, type Tail } from '../cursor.ts';
import { failure, locationFailure } from '../errors.ts';
import { checkRange, wrongType } from '../field-faults.ts';
import { currentCollation } from '../matching/collation-scope.ts';
import { isNumber, toWhole } from '../numbers.ts';
import { distinctValues } from '../querying/distinct.ts';
import { compileProjection } from '../querying/projection.ts';
import { find as findDocuments, type FindRequest, type Results } from '../querying/results.ts';
import { parseSort } from '../querying/sort.ts';
import { TailingResults } from '../querying/tailing.ts';
import { cursorReply, success } from '../reply.ts';
import type { Collection } from '../storage/collection.ts';
import type { CommandFunction, Session } from '../session.ts';
import { runPipeline } from './run-pipeline.ts';
import { letVariables } from './variables.ts';
import { namespaceOf } from './write.ts';

const defaultBatchSize = 101;

const nonNegative = (command: Command, field: string): number =>
  checkRange(field, command.whole(field) ?? 0, { least: 0 });

/** Reads what find, count, distinct and explain have in common. */
export const readFindRequest = (command: Command, filterField = 'filter'): FindRequest => {
  const compare = currentCollation();
  const filter = command.document(filterField) ?? {};
  const variables = letVariables(command);
  const limit = nonNegative(command, 'limit');
  const projection = command.document('projection') ?? {};
  return {
    projection,
    filter,
    sort: parseSort(command.get('sort'), compare),
    compare,
    hint: command.get('hint'),
    skip: nonNegative(command, 'skip'),
    limit: limit === 0 ? Number.POSITIVE_INFINITY : limit,
    project: compileProjection(projection, { filter, variables }),
    variables,
    min: command.document('min'),
    max: command.document('max'),
    returnKey: command.flag('returnKey'),
    showRecordId: command.flag('showRecordId'),
  };
};

const isNaturalOrder = (sort: Document | undefined): boolean => {
  const [only, ...others] = parseSort(sort);
  return !only || (others.length === 0 && only.path === '$natural' && !only.descending);
};

/** Only a capped collection has a tail. */
const checkTailing = (command: Command, collection: Collection | undefined): void => {
  if (command.flag('awaitData') && !command.flag('tailable'))
    throw failure('FailedToParse', "Cannot set 'awaitData' without also setting 'tailable'");
  if (!command.flag('tailable')) return;
  if (!isNaturalOrder(command.document('sort')))
    throw failure('BadValue', 'error processing query: tailable cursor requested with a sort other than {$natural: 1}');
  if (collection && !collection.options.capped)
    throw failure('BadValue', 'error processing query: tailable cursor requested on non capped collection');
};

/** A find as stages, for what has to be computed first. */
export const findStages = (command: Command, filterField = 'filter'): unknown[] => {
  const { skip, limit } = readFindRequest(command, filterField);
  const sort = command.document('sort');
  const projection = command.document('projection');
  const isSorted = sort && Object.keys(sort).length > 0 && !('$natural' in sort);
  return [
    { $match: command.document(filterField) ?? {} },
    ...(isSorted ? [{ $sort: sort }] : []),
    ...(skip > 0 ? [{ $skip: skip }] : []),
    ...(Number.isFinite(limit) ? [{ $limit: limit }] : []),
    ...(projection && Object.keys(projection).length > 0 ? [{ $project: projection }] : []),
  ];
};

const viewed = (command: Command, { databases }: Session, filterField?: string): Results =>
  runPipeline(namespaceOf(command), findStages(command, filterField), {
    databases,
    variables: letVariables(command),
    hint: command.get('hint'),
    compare: currentCollation(),
  });

const isOfView = (command: Command, { databases }: Session): boolean => {
  const { database, collection } = namespaceOf(command);
  return databases.view(database, collection) !== undefined;
};

/** What a find gives, and where it goes on, if that is asked for: at the end of what is there already. */
const search = (command: Command, session: Session): Pick<Opening, 'results' | 'tail'> => {
  if (isOfView(command, session)) {
    const physical = ['min', 'max', 'returnKey', 'showRecordId', 'tailable'].find((name) => command.flag(name));
    if (physical) throw failure('InvalidPipelineOperator', `Option ${physical} is not supported when querying a view`);
    return { results: viewed(command, session) };
  }
  const { database, collection: name } = namespaceOf(command);
  const collection = session.databases.find(database, name);
  checkTailing(command, collection);
  const request = readFindRequest(command);
  if (!collection || collection.size === 0 || !command.flag('tailable'))
    return { results: findDocuments(collection, request) };
  return {
    results: new TailingResults(collection, request),
    tail: { collection, awaitsData: command.flag('awaitData') },
  };
};

export const find: CommandFunction = (command, session) => {
  const { database, collection: name } = namespaceOf(command);
  const { results, tail } = search(command, session);
  const batchSize = command.has('batchSize') ? nonNegative(command, 'batchSize') : defaultBatchSize;
  const isSingle = command.flag('singleBatch');
  return openCursor(command, session, { namespace: `${database}.${name}`, results, tail, batchSize, isSingle });
};

export interface Opening {
  readonly namespace: string;
  readonly results: Results;
  readonly batchSize: number;
  readonly isSingle?: boolean;
  readonly tail?: Tail | undefined;
}

/** Answers with the first batch and keeps the rest. */
export const openCursor = (command: Command, session: Session, opening: Opening): Buffer => {
  const { namespace, results, batchSize, isSingle, tail } = opening;
  const isTimeless = command.flag('noCursorTimeout');
  const cursor = new Cursor({ namespace, results, session: command.sessionKey(), isTimeless, ...(tail && { tail }) });
  const documents = cursor.take(batchSize);
  const id = isSingle ? Long.fromNumber(0) : session.cursors.keep(cursor);
  return cursorReply({ id, namespace, batchName: 'firstBatch', documents });
};

export const getMore: CommandFunction = (command, { cursors }) => {
  const id = String(command.long('getMore'));
  const collection = command.text('collection');
  if (collection === '') throw failure('InvalidNamespace', 'Collection names cannot be empty');
  const namespace = `${command.database}.${collection}`;
  const cursor = cursors.get(id, namespace);
  if (command.has('maxTimeMS') && !cursor.tail?.awaitsData) {
    throw failure('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  }
  const batchSize = nonNegative(command, 'batchSize');
  const answer = (): Buffer => {
    const { documents, isDone } = nextBatch(cursors.get(id, namespace), batchSize, () => cursors.close(id));
    if (isDone) cursors.close(id);
    const next = isDone ? Long.fromNumber(0) : Long.fromString(id);
    return cursorReply({ id: next, namespace, batchName: 'nextBatch', documents });
  };
  const isToWait = cursor.tail?.awaitsData && !cursor.tail.collection.isDropped && cursor.isExhausted();
  return isToWait ? { when: arrival(cursor.tail, command.number('maxTimeMS')), answer } : answer();
};

const patienceMilliseconds = 1_000;

/** Until documents have come, or as long as the client waits. */
const arrival = ({ collection }: Tail, milliseconds = patienceMilliseconds): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds).unref();
    const unwatch = collection.watch(done);
    function done(): void {
      clearTimeout(timer);
      unwatch();
      resolve();
    }
  });

/** A cursor that fails is over. */
const nextBatch = (cursor: Cursor, size: number, close: () => void): { documents: Buffer[]; isDone: boolean } => {
  try {
    return { documents: cursor.take(size || Number.POSITIVE_INFINITY), isDone: !cursor.tail && cursor.isExhausted() };
  } catch (error) {
    close();
    throw error;
  }
};

export const killCursors: CommandFunction = (command, { cursors }) => {
  const wanted = command.get('cursors') ?? null;
  if (wanted === null) throw command.missing('cursors');
  if (!Array.isArray(wanted)) throw wrongType('killCursors.cursors', wanted, "type 'array'");
  for (const [at, id] of wanted.entries())
    if (!(id instanceof Long)) throw wrongType(`killCursors.cursors.${at}`, id, "type 'long'");
  const cursorsKilled = wanted.filter((id) => cursors.close(String(id)));
  const cursorsNotFound = wanted.filter((id) => !cursorsKilled.includes(id));
  return success({ cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] });
};

/** A limit may be negative here, and then means the same. */
export const count: CommandFunction = (command, session) => {
  const { database, collection: name } = namespaceOf(command);
  if (isOfView(command, session)) return success({ n: lengthOf(viewed(command, session, 'query')) });
  const compare = currentCollation();
  const limit = Math.abs(command.whole('limit') ?? 0) || Number.POSITIVE_INFINITY;
  const skip = nonNegative(command, 'skip');
  const filter = command.document('query') ?? {};
  const collection = session.databases.find(database, name);
  if (collection && Object.keys(filter).length === 0 && !command.has('hint')) {
    return success({ n: Math.min(Math.max(collection.size - skip, 0), limit) });
  }
  const results = findDocuments(collection, {
    filter,
    sort: [],
    hint: command.get('hint'),
    skip,
    limit,
    project: null,
    variables: letVariables(command),
    compare,
  });
  return success({ n: lengthOf(results) });
};

const lengthOf = (results: Results): number => {
  let n = 0;
  while (results.next()) n++;
  return n;
};

export const distinct: CommandFunction = (command, session) => {
  const { database, collection } = namespaceOf(command);
  const key = command.text('key');
  if (key.includes('\0')) throw locationFailure(31032, "distinct 'key' cannot contain an embedded null byte");
  const request = { ...readFindRequest(command, 'query'), project: null };
  const results = isOfView(command, session)
    ? viewed(command, session, 'query')
    : findDocuments(session.databases.find(database, collection), request);
  const documents: RawFields[] = [];
  for (let bytes = results.next(); bytes; bytes = results.next()) documents.push(new RawFields(bytes));
  return success({ values: distinctValues(documents, key, request.compare) });
};

/** The batch size that the `cursor` option asks for. */
export const cursorBatchSize = (options: Document | undefined): number => {
  if (!isNumber(options?.batchSize)) return defaultBatchSize;
  return checkRange('cursor.batchSize', toWhole(options.batchSize), { least: 0 });
};
