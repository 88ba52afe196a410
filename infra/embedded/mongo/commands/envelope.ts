import type { Command } from '../command.ts';
import { failure } from '../errors.ts';
import { checkFlag, unknownField } from '../field-faults.ts';
import type { Request } from '../wire.ts';
import { checkConcerns } from './concerns.ts';
import { isFieldNotDone, isFlag, isKnownField, isLenient } from './known-fields.ts';

/** What the driver promises to keep to, once it asks for the stable API. */
export const stableApi: ReadonlySet<string> = new Set([
  ...['aggregate', 'bulkWrite', 'collMod', 'count', 'create', 'createIndexes', 'delete', 'drop', 'dropDatabase'],
  ...['dropIndexes', 'endSessions', 'explain', 'find', 'findAndModify', 'getMore', 'hello', 'insert', 'killCursors'],
  ...['listCollections', 'listDatabases', 'listIndexes', 'ping', 'refreshSessions', 'update'],
  ...['abortTransaction', 'commitTransaction', 'authenticate', 'saslStart', 'saslContinue'],
]);

const legacyCommands = new Set(['hello', 'ismaster', 'isMaster']);

export const forAdministration: ReadonlySet<string> = new Set([
  ...['bulkWrite', 'getCmdLineOpts', 'getLog', 'getParameter', 'listDatabases', 'renameCollection'],
  ...['replSetGetStatus', 'currentOp', 'killAllSessions', 'fsync', 'killOp', 'getDefaultRWConcern'],
]);

const checkKind = ({ legacyDatabase }: Request, { name, database }: Command): void => {
  if (legacyDatabase !== null && !legacyCommands.has(name)) {
    throw failure(
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
    );
  }
  if (forAdministration.has(name) && database !== 'admin') {
    throw failure('Unauthorized', `${name} may only be run against the admin database.`);
  }
};

export const checkFields = (command: Command): void => {
  for (const field of command.fields()) {
    if (isFieldNotDone(command.name, field)) {
      const value = command.get(field);
      if (value === false || value === null || value === undefined) continue;
      throw failure('NotImplemented', `the option '${field}' of ${command.name} is not supported by this server`);
    }
    if (!isKnownField(command.name, field)) throw unknownField(`${command.name}.${field}`);
    if (isFlag(command.name, field)) checkFlag(`${command.name}.${field}`, command.get(field), isLenient(command.name));
  }
};

const checkStableApi = (command: Command): void => {
  const version = command.get('apiVersion');
  if (version === undefined) {
    if (!command.has('apiStrict') && !command.has('apiDeprecationErrors')) return;
    throw failure('InvalidOptions', 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
  }
  if (version !== '1') throw failure('APIVersionError', `API version must be "1"`);
  if (command.flag('apiStrict') && !stableApi.has(command.name)) {
    throw failure(
      'APIStrictError',
      `Provided apiStrict:true, but the command ${command.name} is not in API Version 1. Information on supported commands and migrations in API Version 1 can be found at https://dochub.mongodb.org/core/manual-versioned-api`,
    );
  }
};

/** Refuses what no command may carry, or not this one. */
export const checkEnvelope = (request: Request, command: Command): void => {
  checkKind(request, command);
  if (command.has('txnNumber') || command.has('autocommit')) {
    throw failure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  checkStableApi(command);
  checkFields(command);
  checkConcerns(command);
};
