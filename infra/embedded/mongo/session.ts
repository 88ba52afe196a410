import type { Command } from './command.ts';
import type { Cursors } from './cursor.ts';
import type { Databases } from './storage/databases.ts';

/** What the server counts about itself. */
export interface Statistics {
  /** How often each command was run. */
  readonly operations: Record<string, number>;
  connections(): { readonly current: number; readonly totalCreated: number };
}

/** What a command works with. */
export interface Session {
  readonly databases: Databases;
  readonly cursors: Cursors;
  readonly connection: { readonly id: number; readonly peer: string };
  readonly statistics: Statistics;
}

/** An answer that is made when something has happened. */
export interface Later {
  readonly when: Promise<void>;
  readonly answer: () => Buffer;
}

/** Answers a command with an encoded document, as a whole; refusals are thrown as `CommandFailure`. */
export type CommandFunction = (command: Command, session: Session) => Buffer | Later;
