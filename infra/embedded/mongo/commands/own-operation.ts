import { hostname } from 'node:os';
import { decodeDocument, type Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';

/** What runs, in the words of `currentOp`: nothing beside the command that asks. */
export const ownOperation = (command: Command): Document => ({
  type: 'op',
  host: hostname(),
  active: true,
  op: 'command',
  ns: 'admin.$cmd.aggregate',
  command: decodeDocument(command.body),
  currentOpTime: new Date().toISOString(),
});
