import { Binary, Long } from 'bson';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { type Document, isDocument } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure, locationFailure } from '../errors.ts';
import { checkRange, numberTypes, unknownField, wrongType } from '../field-faults.ts';
import { isNumber, toWhole } from '../numbers.ts';
import type { Session } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { ownOperation } from './own-operation.ts';
import { storageStatistics } from './sizes.ts';
import { namespaceOf } from './write.ts';

interface Source {
  readonly command: Command;
  readonly specification: Document;
  readonly namespace: string;
  readonly collection: Collection | undefined;
}

const existing = ({ collection, namespace }: Source, part: string): Collection => {
  if (collection) return collection;
  throw failure(
    'NamespaceNotFound',
    `PlanExecutor error during aggregation :: caused by :: Unable to retrieve ${part} in $collStats stage :: caused by :: Collection [${namespace}] not found.`,
  );
};

type Part = (source: Source) => Document;

const storage = ({ scale }: Document): Part => {
  if (scale !== undefined && scale !== null && !isNumber(scale))
    throw wrongType('$collStats.storageStats.scale', scale, numberTypes);
  const units = checkRange('scale', isNumber(scale) ? toWhole(scale) : 1, { least: 1 });
  return (source) => ({ storageStats: storageStatistics(existing(source, 'storageStats'), units) });
};

const lacking = (name: string) => (): Part => {
  throw failure('NotImplemented', `$collStats with ${name} is not supported by this server`);
};

/** The parts that `$collStats` may be asked for, and what is read of each before anything is looked up. */
const parts: Readonly<Record<string, (options: Document) => Part>> = {
  storageStats: storage,
  count: () => (source) => ({ count: existing(source, 'count').size }),
  latencyStats: lacking('latencyStats'),
  queryExecStats: lacking('queryExecStats'),
};

const readPart = ([name, options]: [string, unknown]): Part => {
  const path = `$collStats.${name}`;
  if (!Object.hasOwn(parts, name)) throw unknownField(path);
  if (!isDocument(options)) throw wrongType(path, options, "type 'object'");
  return parts[name]!(options);
};

const collStats = (source: Source): Document[] => {
  const asked = Object.entries(source.specification).map(readPart);
  const told = asked.map((part) => part(source));
  return [Object.assign({ ns: source.namespace, host: hostname(), localTime: new Date() }, ...told) as Document];
};

const indexStats = ({ collection }: Source): Document[] =>
  collection
    ? collection.indexUses().map(({ definition: { name, specification }, uses, since }) => ({
        name,
        key: specification.key,
        host: hostname(),
        accesses: { ops: Long.fromNumber(uses), since },
        spec: specification,
      }))
    : [];

/** The session that asks is the one that is known: nothing is kept about the others. */
const localSessions = ({ command }: Source): Document[] => {
  const session = command.document('lsid');
  const uid = new Binary(createHash('sha256').digest());
  return session ? [{ _id: { ...session, uid }, lastUse: new Date() }] : [];
};

const ofDatabase = ['$currentOp', '$listLocalSessions'];

const stages: Readonly<Record<string, (source: Source) => Document[]>> = {
  $collStats: collStats,
  $indexStats: indexStats,
  $currentOp: ({ command }) => [ownOperation(command)],
  $listLocalSessions: localSessions,
};

const notObjects: Readonly<Record<string, number>> = { $collStats: 5447000, $indexStats: 28803 };

const notAnObject = (name: string): Error =>
  locationFailure(notObjects[name] ?? 40447, `${name} must take a nested object`);

/** What a pipeline begins with when that is not documents but the server's word about itself; null when it is not. */
export const sourceDocuments = (command: Command, { databases }: Session, first: unknown): Document[] | null => {
  const [[name, specification] = ['', null]] = isDocument(first) ? Object.entries(first) : [];
  const run = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (!run) return null;
  if (!isDocument(specification)) throw notAnObject(name);
  const isOfDatabase = isNumber(command.get('aggregate'));
  if (isOfDatabase !== ofDatabase.includes(name)) {
    throw failure('InvalidNamespace', `${name} cannot be run ${isOfDatabase ? 'without' : 'on'} a collection`);
  }
  if (isOfDatabase) return run({ command, specification, namespace: command.database, collection: undefined });
  const { database, collection } = namespaceOf(command);
  return run({
    command,
    specification,
    namespace: `${database}.${collection}`,
    collection: databases.find(database, collection),
  });
};
