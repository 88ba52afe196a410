import { plainExpression, type Variables } from '../aggregating/context.ts';
import { toPlainExpression } from '../aggregating/plain.ts';
import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';

/** Each expression computed once; it may not look at any document. */
export const constants = (expressions: Document | undefined): Variables =>
  Object.fromEntries(
    Object.entries(expressions ?? {}).map(([name, expression]) => [
      name,
      plainExpression(toPlainExpression(expression))({}) ?? null,
    ]),
  );

/** What the command's `let` says, for `$expr` and pipelines. */
export const letVariables = (command: Command): Variables => constants(command.document('let'));
