/** What `mongosh` asks beside the data: there is little to tell, and it is told in the server's words. */
import { Double } from 'bson';
import { type Document, encodeDocument, RawFields } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { compileFilter } from '../matching/filter.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import { forAdministration, stableApi } from './envelope.ts';
import { isCommonField } from './known-fields.ts';
import { ownOperation } from './own-operation.ts';
import { commands } from './table.ts';

/** Further fields say which operations are meant, as a filter does. */
export const currentOp: CommandFunction = (command) => {
  const filter = Object.fromEntries(
    command
      .fields()
      .filter((field) => field !== 'currentOp' && !field.startsWith('$') && !isCommonField(field))
      .map((field) => [field, command.get(field)]),
  );
  const operation = ownOperation(command);
  const isMeant = compileFilter(filter)(new RawFields(encodeDocument(operation)));
  return success({ inprog: isMeant ? [operation] : [] });
};

const describeCommand = (name: string): Document => ({
  help: '',
  requiresAuth: false,
  adminOnly: forAdministration.has(name),
  apiVersions: stableApi.has(name) ? ['1'] : [],
  deprecatedApiVersions: [],
  secondaryOk: true,
});

export const listCommands: CommandFunction = () =>
  success({ commands: Object.fromEntries(Object.keys(commands).map((name) => [name, describeCommand(name)])) });

/** Nothing is profiled; to ask, or to say so, is allowed. */
export const profile: CommandFunction = (command) => {
  const level = command.number('profile') ?? -1;
  if (level > 0) throw failure('NotImplemented', 'profiling is not supported by this server');
  return success({ was: 0, slowms: 100, sampleRate: new Double(1) });
};

export const replSetGetStatus: CommandFunction = () => {
  throw failure('NoReplicationEnabled', 'not running with --replSet');
};

export const usersInfo: CommandFunction = () => success({ users: [] });
export const rolesInfo: CommandFunction = () => success({ roles: [] });
