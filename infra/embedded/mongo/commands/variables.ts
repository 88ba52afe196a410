import { plainExpression } from '../aggregating/compile.ts';
import { checkVariable, type Variables } from '../aggregating/operator.ts';
import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';

/** Each expression computed once; it may not look at any document. */
export const constants = (expressions: Document | undefined): Variables =>
  Object.fromEntries(
    Object.entries(expressions ?? {}).map(([name, expression]) => [
      checkVariable(name),
      plainExpression(expression)({}) ?? null,
    ]),
  );

/** What the command's `let` says, for `$expr` and pipelines, and when it runs. */
export const letVariables = (command: Command): Variables => ({
  NOW: new Date(),
  ...constants(command.document('let')),
});
