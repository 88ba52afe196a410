import { compilePipeline } from '../aggregating/pipeline.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { checkRange } from '../field-faults.ts';
import { readCollation, refuseCollation } from '../matching/collation.ts';
import { success } from '../reply.ts';
import type { CommandFunction, Session } from '../session.ts';
import { shellText } from '../storage/shell-text.ts';
import type { View } from '../storage/databases.ts';
import type { CollectionOptions } from '../storage/validation.ts';
import { namespaceOf } from './write.ts';

/** What a command says about how documents have to be. */
export const readOptions = (command: Command): CollectionOptions => ({
  ...(command.has('validator') && { validator: command.document('validator') ?? {} }),
  ...(command.has('validationLevel') && { validationLevel: command.text('validationLevel') }),
  ...(command.has('validationAction') && { validationAction: command.text('validationAction') }),
});

const leastSize = 4_096;
const petabyte = 2 ** 50;

/** A capped collection has a size in whole blocks of 256 bytes. */
export const wholeBlocks = (size: number): number => Math.max(leastSize, Math.ceil(size / 256) * 256);

const readCap = (command: Command): CollectionOptions => {
  const [size, max] = [command.whole('size'), command.whole('max')];
  if (size !== undefined) checkRange('size', size, { least: 1, most: petabyte });
  if (max !== undefined) checkRange('max', max, { below: 2 ** 31 });
  if (!command.flag('capped')) {
    if (size === undefined && max === undefined) return {};
    throw failure(
      'InvalidOptions',
      "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
    );
  }
  if (size === undefined) throw failure('InvalidOptions', "the 'size' field is required when 'capped' is true");
  return { capped: true, size: wholeBlocks(size), ...(max !== undefined && max > 0 && { max }) };
};

const writing = ['$out', '$merge'];

export const readView = (command: Command): View => {
  const pipeline = command.get('pipeline') ?? [];
  if (!Array.isArray(pipeline)) throw failure('TypeMismatch', "'pipeline' must be an array");
  const wrong = pipeline
    .flatMap((stage) => Object.keys(isDocument(stage) ? stage : {}))
    .find((name) => writing.includes(name));
  if (wrong !== undefined)
    throw failure('OptionNotSupportedOnView', `The aggregation stage ${wrong} in the view pipeline is not supported`);
  compilePipeline(pipeline, { variables: { NOW: new Date() }, collection: () => [] });
  const on = command.text('viewOn');
  if (on === '') throw failure('BadValue', "'viewOn' cannot be empty");
  return { on, pipeline };
};

const exists = (namespace: string, options: Document): Error =>
  failure(
    'NamespaceExists',
    `namespace ${namespace} already exists, but with different options: ${shellText(options)}`,
  );

const createView = (command: Command, { databases }: Session): void => {
  refuseCollation(readCollation(command.get('collation')), 'a view');
  const physical = ['capped', 'size', 'max', 'validator', 'idIndex'].find((name) => command.flag(name));
  if (physical !== undefined) throw failure('InvalidOptions', `Cannot specify '${physical}' for a view`);
  const { database, collection: name } = namespaceOf(command);
  const view = readView(command);
  const known = databases.view(database, name);
  const namespace = `${database}.${name}`;
  if (known && orderKey({ ...known }) !== orderKey({ ...view }))
    throw exists(namespace, { viewOn: known.on, pipeline: known.pipeline });
  if (!known && databases.find(database, name)) throw exists(namespace, {});
  databases.putView(database, name, view);
};

/** What may be said as long as it says nothing: the index that there is anyway. */
const checkPlain = (command: Command): void => {
  if ((command.get('expireAfterSeconds') ?? null) !== null)
    throw failure(
      'InvalidOptions',
      "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
    );
  const { key, name } = command.document('idIndex') ?? { key: { _id: 1 }, name: '_id_' };
  if (orderKey(key) !== orderKey({ _id: 1 }))
    throw failure('BadValue', `The field 'key' for an _id index must be {_id: 1}, but got ${shellText(key)}`);
  if (name !== '_id_')
    throw failure('BadValue', `The index name for an _id index must be '_id_', but got ${shellText(name)}`);
};

/** As the server has it: saying the same twice is no error. */
export const create: CommandFunction = (command, session) => {
  if (command.has('viewOn')) {
    createView(command, session);
    return success();
  }
  if (command.has('pipeline')) throw failure('InvalidOptions', "'pipeline' requires 'viewOn' to also be specified");
  const { databases } = session;
  const { database, collection: name } = namespaceOf(command);
  const view = databases.view(database, name);
  if (view) throw exists(`${database}.${name}`, { viewOn: view.on, pipeline: view.pipeline });
  checkPlain(command);
  const collation = readCollation(command.get('collation'))?.specification;
  const options = { ...readCap(command), ...(collation && { collation }), ...readOptions(command) };
  const known = databases.find(database, name);
  if (!known) databases.create(database, name, options);
  else if (orderKey(known.options) !== orderKey(options)) throw exists(known.namespace, known.options as Document);
  return success();
};
