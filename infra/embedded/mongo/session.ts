import type { Command } from './command.ts';
import type { Cursors } from './cursor.ts';
import type { Databases } from './storage/databases.ts';

/** What a command works with; `owner` is the connection, to which cursors belong. */
export interface Session {
  readonly databases: Databases;
  readonly cursors: Cursors;
  readonly owner: { readonly id: number };
}

/** Answers a command with an encoded document, at once and as a whole; refusals are thrown as `CommandFailure`. */
export type CommandFunction = (command: Command, session: Session) => Buffer;
