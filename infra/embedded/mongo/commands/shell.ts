/** What `mongosh` asks beside the data: there is little to tell, and it is told in the server's words. */
import { failure } from '../errors.ts';
import { success } from '../reply.ts';
import type { CommandFunction } from '../session.ts';
import { commands } from './table.ts';

export const currentOp: CommandFunction = () => success({ inprog: [] });

export const listCommands: CommandFunction = () =>
  success({
    commands: Object.fromEntries(
      Object.keys(commands).map((name) => [name, { help: '', requiresAuth: false, apiVersions: [] }]),
    ),
  });

/** Nothing is profiled; to ask, or to say so, is allowed. */
export const profile: CommandFunction = (command) => {
  const level = command.number('profile') ?? -1;
  if (level > 0) throw failure('NotImplemented', 'profiling is not supported by this server');
  return success({ was: 0, slowms: 100, sampleRate: 1 });
};

export const replSetGetStatus: CommandFunction = () => {
  throw failure('NoReplicationEnabled', 'not running with --replSet');
};

export const usersInfo: CommandFunction = () => success({ users: [] });
export const rolesInfo: CommandFunction = () => success({ roles: [] });
