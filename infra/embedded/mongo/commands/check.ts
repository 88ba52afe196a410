/** What says whether the data is as it should be: here, where nothing can go bad, that it is. */
import { UUID } from 'bson';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import type { Collection } from '../storage/collection.ts';
import { namespaceOf } from './write.ts';

const checkOptions = (command: Command): void => {
  const set = ['full', 'repair', 'checkBSONConformance', 'background'].filter((option) => command.flag(option));
  if (command.flag('metadata') && set.length > 0) {
    throw failure(
      'InvalidOptions',
      'Running the validate command with { metadata: true } is not supported with any other options',
    );
  }
  if (set.includes('repair') && set.includes('checkBSONConformance')) {
    throw failure(
      'InvalidOptions',
      'Running the validate command with both { checkBSONConformance: true } and { repair: true } is not supported.',
    );
  }
  if (set.includes('background')) {
    throw failure(
      'CommandNotSupported',
      'Running the validate command with { background: true } is not supported in standalone mode',
    );
  }
};

const keysOf = ({ size, indexes }: Collection): [name: string, keys: number][] => [
  ['_id_', size],
  ...indexes.map(({ definition, entries }): [string, number] => [definition.name, entries.size]),
];

export const validate: CommandFunction = (command, { databases }) => {
  const { database, collection: name } = namespaceOf(command);
  checkOptions(command);
  const collection = databases.find(database, name);
  if (!collection) throw failure('NamespaceNotFound', `Collection '${database}.${name}' does not exist to validate.`);
  const keys = keysOf(collection);
  const looksAtDocuments = !command.flag('metadata');
  return success({
    ns: collection.namespace,
    uuid: new UUID(collection.uuid),
    ...(looksAtDocuments && { nInvalidDocuments: 0, nNonCompliantDocuments: 0, nrecords: collection.size }),
    nIndexes: keys.length,
    keysPerIndex: Object.fromEntries(keys),
    indexDetails: Object.fromEntries(keys.map(([index]) => [index, { valid: true }])),
    ...{ valid: true, repaired: false, warnings: [], errors: [] },
    ...{ extraIndexEntries: [], missingIndexEntries: [], corruptRecords: [] },
  });
};

const namesAskedFor = (command: Command): ReadonlySet<unknown> => {
  const listed = command.get('collections');
  const names: readonly unknown[] = Array.isArray(listed) ? listed : [];
  if (names.every((name) => typeof name === 'string')) return new Set(names);
  throw failure('BadValue', 'collections entries have to be strings');
};

const md5 = (parts: Iterable<string | Buffer>): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

function* contents(collection: Collection): Generator<Buffer> {
  for (const { bytes } of collection.idOrder().entries.ascending({ low: '', high: null })) if (bytes) yield bytes;
}

const byName = ([left]: [string, unknown], [right]: [string, unknown]): number => (left < right ? -1 : 1);

/** One number for what a database holds, the same wherever it holds the same. */
export const dbHash: CommandFunction = (command, { databases }) => {
  const started = performance.now();
  const names = namesAskedFor(command);
  const asked = [...databases.collections(command.database)]
    .filter(([name]) => names.size === 0 || names.has(name))
    .sort(byName);
  const hashes = asked.map(([name, collection]): [string, string] => [name, md5(contents(collection))]);
  return success({
    host: hostname(),
    collections: Object.fromEntries(hashes),
    capped: asked.filter(([, { options }]) => options.capped).map(([name]) => name),
    uuids: Object.fromEntries(asked.map(([name, { uuid }]) => [name, new UUID(uuid)])),
    md5: md5(hashes.map(([, hash]) => hash)),
    timeMillis: Math.round(performance.now() - started),
  });
};
