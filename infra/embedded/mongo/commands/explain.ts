import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { decodeDocument, type Document, isDocument } from '../bson/decode.ts';
import { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { typeName } from '../matching/types.ts';
import { type Plan, planFor } from '../querying/plan.ts';
import { parsedQuery, planTree, stepsOf } from '../querying/plan-tree.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { checkFields } from './envelope.ts';
import { canBeExplained, type Explained, readExplained } from './explained.ts';
import { gitVersion, serverVersion } from './handshake.ts';
import { ownCollation } from './own-collation.ts';
import { commands } from './table.ts';

const verbosities = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** Of what a query is like, whatever it is looking for. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (!isDocument(value)) return typeName(value);
  return Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]);
};

const hashOf = (value: unknown): string =>
  createHash('md5').update(JSON.stringify(value)).digest('hex').slice(0, 8).toUpperCase();

const hashesOf = (namespace: string, { filter, sort, projection = {} }: Explained['request']): Document => {
  const shape = [shapeOf(filter), sort.map(({ path, descending }) => [path, descending]), shapeOf(projection)];
  const planCacheShapeHash = hashOf(shape);
  return { queryHash: planCacheShapeHash, planCacheShapeHash, planCacheKey: hashOf([namespace, shape]) };
};

const queryPlanner = (namespace: string, { above, request }: Explained, plan: Plan | null): Document => {
  const isWriting = above !== undefined && above.stage !== 'COUNT';
  const search = plan
    ? planTree(plan, isWriting ? { ...request, limit: Number.POSITIVE_INFINITY } : request)
    : { stage: 'EOF' };
  const winningPlan = above ? { stage: above.stage, inputStage: search } : search;
  return {
    namespace,
    parsedQuery: parsedQuery(request.filter),
    indexFilterSet: false,
    ...hashesOf(namespace, request),
    optimizationTimeMillis: 0,
    maxIndexedOrSolutionsReached: false,
    maxIndexedAndSolutionsReached: false,
    maxScansToExplodeReached: false,
    prunedSimilarIndexes: false,
    winningPlan: { isCached: false, ...winningPlan },
    rejectedPlans: [],
  };
};

const executionStats = (collection: Collection | undefined, explained: Explained, planner: Document): Document => {
  const { above, request } = explained;
  const started = performance.now();
  const { examined, isByKey, ...found } = stepsOf(collection, request);
  const nReturned = above && !above.givesDocument ? 0 : found.returned;
  const winningPlan = planner.winningPlan as Document;
  return {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: isByKey ? examined : 0,
    totalDocsExamined: examined,
    executionStages: {
      ...winningPlan,
      ...(winningPlan.stage === 'EXPRESS_IXSCAN' && { keysExamined: examined }),
      ...(['EXPRESS_IXSCAN', 'COLLSCAN'].includes(winningPlan.stage as string) && { docsExamined: examined }),
      nReturned,
      ...above?.tell(found, collection),
    },
  };
};

/** Says how the command would find its documents, without changing any. */
export const explainCommand = (explained: Command, session: Session, verbosity: string): Buffer => {
  if (!Object.hasOwn(commands, explained.name)) {
    throw failure('CommandNotFound', `Explain failed due to unknown command: ${explained.name}`);
  }
  if (!canBeExplained(explained.name)) throw failure('IllegalOperation', `Cannot explain cmd: ${explained.name}`);
  checkFields(explained);
  return withCollation(ownCollation(explained, session.databases), () => explainedBy(explained, session, verbosity));
};

const explainedBy = (explained: Command, session: Session, verbosity: string): Buffer => {
  const { database } = explained;
  const { name, ...what } = readExplained(explained, session.databases);
  const collection = session.databases.find(database, name);
  const planner = queryPlanner(`${database}.${name}`, what, collection ? planFor(collection, what.request) : null);
  const described: Document = { queryPlanner: planner };
  if (verbosity !== 'queryPlanner') {
    const executed = executionStats(collection, what, planner);
    described.executionStats = verbosity === 'allPlansExecution' ? { ...executed, allPlansExecution: [] } : executed;
  }
  const { rest = [] } = what;
  const { lsid: _lsid, ...echoed } = decodeDocument(explained.body);
  return success({
    explainVersion: '1',
    ...(rest.length > 0 ? { stages: [{ $cursor: described }, ...rest] } : described),
    command: { ...echoed, $db: database },
    serverInfo: { host: hostname(), version: serverVersion, gitVersion },
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
