import { hostname } from 'node:os';
import { decodeDocument, type Document, isDocument } from '../bson/decode.ts';
import { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { readCollation } from '../matching/collation.ts';
import { isTruthy } from '../numbers.ts';
import { type Plan, planFor } from '../querying/plan.ts';
import { planTree, stepsOf } from '../querying/plan-tree.ts';
import { everything, splitPipeline } from '../querying/split-pipeline.ts';
import type { FindRequest } from '../querying/results.ts';
import { parseSort } from '../querying/sort.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { checkFields } from './envelope.ts';
import { serverVersion } from './handshake.ts';
import { readFindRequest } from './read.ts';
import { letVariables } from './variables.ts';
import { commands } from './table.ts';
import { namespaceOf } from './write.ts';

/** The search behind a command, and the stage that stands above it in the plan. */
interface Explained {
  readonly request: FindRequest;
  readonly above?: string;
  /** Stages of a pipeline that come after the search. */
  readonly rest?: readonly unknown[];
}

const single = (field: string) => (explained: Command) => {
  const [bytes] = explained.rawDocuments(field);
  const { q, hint, limit, multi, sort, collation } = bytes ? decodeDocument(bytes) : {};
  const compare = readCollation(collation);
  const isForOne = field === 'deletes' ? isTruthy(limit) : !isTruthy(multi);
  const request: FindRequest = {
    ...everything,
    filter: isDocument(q) ? q : {},
    sort: parseSort(sort, compare),
    compare,
    hint,
    variables: letVariables(explained),
    ...(isForOne && { limit: 1 }),
  };
  return { request, above: field === 'deletes' ? 'DELETE' : 'UPDATE' };
};

const findAndModify = (explained: Command): Explained => ({
  request: { ...readFindRequest(explained, 'query'), project: null, limit: 1 },
  above: explained.flag('remove') ? 'DELETE' : 'UPDATE',
});

/** Each command that can be explained. */
const readers: Readonly<Record<string, (explained: Command) => Explained>> = {
  find: (explained) => ({ request: readFindRequest(explained) }),
  count: (explained) => ({
    request: { ...readFindRequest(explained, 'query'), limit: Math.abs(explained.number('limit') ?? 0) || Infinity },
    above: 'COUNT',
  }),
  distinct: (explained) => ({ request: readFindRequest(explained, 'query') }),
  findAndModify,
  findandmodify: findAndModify,
  aggregate: (explained) => {
    const options = {
      hint: explained.get('hint'),
      variables: letVariables(explained),
      compare: readCollation(explained.get('collation')),
    };
    return splitPipeline((explained.get('pipeline') ?? []) as unknown[], options);
  },
  update: single('updates'),
  delete: single('deletes'),
};

const verbosities = ['queryPlanner', 'executionStats', 'allPlansExecution'];

const queryPlanner = (namespace: string, explained: Explained, plan: Plan | null): Document => {
  const { above, request } = explained;
  const shown = above === 'UPDATE' || above === 'DELETE' ? { ...request, limit: Number.POSITIVE_INFINITY } : request;
  const search = plan ? planTree(plan, shown) : { stage: 'EOF' };
  const winningPlan = above ? { stage: above, inputStage: search } : search;
  return {
    namespace,
    parsedQuery: explained.request.filter,
    indexFilterSet: false,
    winningPlan: { isCached: false, ...winningPlan },
    rejectedPlans: [],
  };
};

const executionStats = (collection: Collection | undefined, request: FindRequest, planner: Document): Document => {
  const started = performance.now();
  const { examined, returned, isByKey } = stepsOf(collection, request);
  return {
    executionSuccess: true,
    nReturned: returned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: isByKey ? examined : 0,
    totalDocsExamined: examined,
    executionStages: { ...(planner.winningPlan as Document), nReturned: returned },
  };
};

/** Says how the command would find its documents, without changing any. */
export const explainCommand = (explained: Command, session: Session, verbosity: string): Buffer => {
  const read = readers[explained.name];
  if (!read && Object.hasOwn(commands, explained.name)) {
    throw failure('IllegalOperation', `Cannot explain cmd: ${explained.name}`);
  }
  if (!read) throw failure('CommandNotFound', `Explain failed due to unknown command: ${explained.name}`);
  checkFields(explained);
  const { database, collection: name } = namespaceOf(explained);
  const collection = session.databases.find(database, name);
  const what = read(explained);
  const planner = queryPlanner(`${database}.${name}`, what, collection ? planFor(collection, what.request) : null);
  const described: Document = { queryPlanner: planner };
  if (verbosity !== 'queryPlanner') {
    const executed = executionStats(collection, what.request, planner);
    described.executionStats = verbosity === 'allPlansExecution' ? { ...executed, allPlansExecution: [] } : executed;
  }
  const { rest = [] } = what;
  const { lsid: _lsid, ...echoed } = decodeDocument(explained.body);
  return success({
    explainVersion: '1',
    ...(rest.length > 0 ? { stages: [{ $cursor: described }, ...rest] } : described),
    command: { ...echoed, $db: database },
    serverInfo: { host: hostname(), version: serverVersion },
  });
};

export const explain: CommandFunction = (command, session) => {
  const body = command.rawDocument('explain');
  const explained = new Command({ body, sequences: new Map(), legacyDatabase: command.database });
  const hasVerbosity = (command.get('verbosity') ?? null) !== null;
  const verbosity = hasVerbosity ? command.text('verbosity') : 'allPlansExecution';
  if (verbosities.includes(verbosity)) return explainCommand(explained, session, verbosity);
  throw failure('BadValue', `Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`);
};
