import { decodeDocument, type Document, isDocument } from '../bson/decode.ts';
import { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { candidatesOf, matcherFor } from '../querying/candidates.ts';
import { type Plan, planFor, type PlanRequest } from '../querying/plan.ts';
import { parseSort } from '../querying/sort.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { splitPipeline } from './aggregate.ts';
import { serverVersion } from './handshake.ts';
import { namespaceOf } from './write.ts';

const accessStage = (plan: Plan): Document => {
  switch (plan.kind) {
    case 'ids':
      return plan.keys.length === 1
        ? { stage: 'EXPRESS_IXSCAN', keyPattern: '{ _id: 1 }', indexName: '_id_' }
        : {
            stage: 'FETCH',
            inputStage: { stage: 'IXSCAN', keyPattern: { _id: 1 }, indexName: '_id_', isUnique: true },
          };
    case 'index': {
      const { name, specification, unique, sparse } = plan.index.definition;
      const inputStage = {
        stage: 'IXSCAN',
        keyPattern: specification.key,
        indexName: name,
        isMultiKey: plan.index.isMultikey,
        isUnique: unique,
        isSparse: sparse,
        direction: plan.backward ? 'backward' : 'forward',
      };
      return { stage: 'FETCH', inputStage };
    }
    case 'scan':
      return { stage: 'COLLSCAN', direction: plan.backward ? 'backward' : 'forward' };
  }
};

const counted = (collection: Collection | undefined, request: PlanRequest, plan: Plan | null): Document => {
  let examined = 0;
  let returned = 0;
  if (collection && plan) {
    const isMatch = matcherFor(request.filter, plan);
    for (const document of candidatesOf(collection, plan)) {
      examined++;
      if (isMatch(document)) returned++;
    }
  }
  const keys = plan && plan.kind !== 'scan' ? examined : 0;
  return { executionSuccess: true, nReturned: returned, totalKeysExamined: keys, totalDocsExamined: examined };
};

/** The filter, sort and hint of each command that can be explained. */
const requests: Readonly<Record<string, (explained: Command) => PlanRequest>> = {
  find: (explained) => ({
    filter: explained.document('filter') ?? {},
    sort: parseSort(explained.get('sort')),
    hint: explained.get('hint'),
  }),
  count: (explained) => ({ filter: explained.document('query') ?? {}, sort: [], hint: explained.get('hint') }),
  distinct: (explained) => ({ filter: explained.document('query') ?? {}, sort: [], hint: explained.get('hint') }),
  findAndModify: (explained) => ({ filter: explained.document('query') ?? {}, sort: parseSort(explained.get('sort')) }),
  aggregate: (explained) =>
    splitPipeline((explained.get('pipeline') ?? []) as unknown[], explained.get('hint')).request,
  update: (explained) => firstStatement(explained, 'updates'),
  delete: (explained) => firstStatement(explained, 'deletes'),
};

const firstStatement = (explained: Command, field: string): PlanRequest => {
  const [bytes] = explained.rawDocuments(field);
  const { q, hint } = bytes ? decodeDocument(bytes) : {};
  return { filter: isDocument(q) ? q : {}, sort: [], hint };
};

const explainedCommand = (command: Command): Command => {
  const body = command.rawDocument('explain');
  return new Command({ body, sequences: new Map(), legacyDatabase: command.database });
};

const plannerFor = (
  collection: Collection | undefined,
  request: PlanRequest,
): { plan: Plan | null; winningPlan: Document } => {
  if (!collection) return { plan: null, winningPlan: { stage: 'EOF' } };
  const plan = planFor(collection, request);
  const access = accessStage(plan);
  return { plan, winningPlan: plan.isSorted ? access : { stage: 'SORT', inputStage: access } };
};

/** Says how a command would find its documents, without changing any. */
export const explain: CommandFunction = (command, session: Session) => {
  const explained = explainedCommand(command);
  const read = requests[explained.name];
  if (!read) throw failure('CommandNotFound', `Explain failed due to unknown command: ${explained.name}`);
  const { database, collection: name } = namespaceOf(explained);
  const collection = session.databases.find(database, name);
  const request = read(explained);
  const { plan, winningPlan } = plannerFor(collection, request);
  const wantsCounts = command.get('verbosity') !== 'queryPlanner';
  return success({
    explainVersion: '1',
    queryPlanner: { namespace: `${database}.${name}`, parsedQuery: request.filter, winningPlan, rejectedPlans: [] },
    ...(wantsCounts && { executionStats: counted(collection, request, plan) }),
    serverInfo: { version: serverVersion },
  });
};
