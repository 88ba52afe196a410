import { plainExpression } from '../aggregating/compile.ts';
import { readsDocument } from '../aggregating/constants.ts';
import { checkVariable, type Variables } from '../aggregating/operator.ts';
import type { Document } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { locationFailure } from '../errors.ts';

/** Each expression computed once; it may not look at any document. */
export const constants = (expressions: Document | undefined): Variables =>
  Object.fromEntries(
    Object.entries(expressions ?? {}).map(([name, expression]) => {
      checkVariable(name);
      const compute = plainExpression(expression);
      if (readsDocument(expression))
        throw locationFailure(
          4890500,
          'Command let Expression tried to access a field, but this is not allowed because command let expressions run before the query examines any documents.',
        );
      return [name, compute({}) ?? null];
    }),
  );

/** What the command's `let` says, for `$expr` and pipelines, and when it runs. */
export const letVariables = (command: Command): Variables => ({
  NOW: new Date(),
  ...constants(command.document('let')),
});
