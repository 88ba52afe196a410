import { MalformedBson } from '../bson/elements.ts';
import { Command } from '../command.ts';
import { withDeadline } from '../deadline.ts';
import { CommandFailure, failure } from '../errors.ts';
import { withCollation } from '../matching/collation-scope.ts';
import { errorReply } from '../reply.ts';
import type { Later, Session } from '../session.ts';
import type { Request } from '../wire.ts';
import { checkEnvelope } from './envelope.ts';
import { ownCollation } from './own-collation.ts';
import { commands } from './table.ts';

const largestTime = 2 ** 31 - 1;

const timeLimit = (command: Command): number => {
  const milliseconds = command.number('maxTimeMS') ?? 0;
  if (!Number.isInteger(milliseconds)) throw failure('FailedToParse', 'maxTimeMS has non-integral value');
  if (milliseconds >= 0 && milliseconds <= largestTime) return milliseconds;
  throw failure('BadValue', `${milliseconds} value for maxTimeMS is out of range [0, ${largestTime}]`);
};

const execute = (request: Request, session: Session): Buffer | Later => {
  const command = new Command(request);
  if (!Object.hasOwn(commands, command.name)) {
    throw failure('CommandNotFound', `no such command: '${command.name}'`);
  }
  const { operations } = session.statistics;
  operations[command.name] = (operations[command.name] ?? 0) + 1;
  checkEnvelope(request, command);
  const collation = ownCollation(command, session.databases);
  return withDeadline(timeLimit(command), () =>
    withCollation(collation, () => commands[command.name]!(command, session)),
  );
};

const attempt = <Answer extends Buffer | Later>(make: () => Answer): Answer | Buffer => {
  try {
    return make();
  } catch (error) {
    if (error instanceof MalformedBson) throw error;
    if (!(error instanceof CommandFailure)) console.error('mongo: a command failed unexpectedly', error);
    return errorReply(error);
  }
};

/** Answers every well-formed request; what goes wrong within becomes an answer too, except malformed bytes. */
export const answer = (request: Request, session: Session): Buffer | Later => {
  const reply = attempt(() => execute(request, session));
  return Buffer.isBuffer(reply) ? reply : { when: reply.when, answer: () => attempt(reply.answer) };
};
