import { MalformedBson } from '../bson/elements.ts';
import { Command } from '../command.ts';
import { CommandFailure, failure } from '../errors.ts';
import { errorReply } from '../reply.ts';
import type { Session } from '../session.ts';
import type { Request } from '../wire.ts';
import { commands } from './table.ts';

const legacyCommands = new Set(['hello', 'ismaster', 'isMaster']);

const checkEnvelope = (request: Request, command: Command): void => {
  if (request.legacyDatabase !== null && !legacyCommands.has(command.name)) {
    throw failure(
      'UnsupportedOpQueryCommand',
      `Unsupported OP_QUERY command: ${command.name}. The client driver may require an upgrade.`,
    );
  }
  if (command.has('txnNumber') || command.has('autocommit')) {
    throw failure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
};

const execute = (request: Request, session: Session): Buffer => {
  const command = new Command(request);
  checkEnvelope(request, command);
  if (!Object.hasOwn(commands, command.name)) {
    throw failure('CommandNotFound', `no such command: '${command.name}'`);
  }
  return commands[command.name]!(command, session);
};

/** Answers every well-formed request; what goes wrong within becomes an answer too, except malformed bytes. */
export const answer = (request: Request, session: Session): Buffer => {
  try {
    return execute(request, session);
  } catch (error) {
    if (error instanceof MalformedBson) throw error;
    if (!(error instanceof CommandFailure)) console.error('mongo: a command failed unexpectedly', error);
    return errorReply(error);
  }
};
