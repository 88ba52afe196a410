import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { locationFailure } from '../errors.ts';
import { plainExpression } from './compile.ts';
import type { Variables } from './operator.ts';

type Redact = (document: Document) => Document | null;

const descend = (value: unknown, redact: Redact): unknown => {
  if (isDocument(value)) return redact(value) ?? undefined;
  if (!Array.isArray(value)) return value;
  return value.map((element) => descend(element, redact)).filter((element) => element !== undefined);
};

/** Keeps a document, drops it, or asks the same of each document in it; null for one that is dropped. */
export const redaction = (expression: unknown, variables: Variables): Redact => {
  const decide = plainExpression(expression, variables);
  const redact: Redact = (document) => {
    switch (decide(document)) {
      case '$$KEEP':
        return document;
      case '$$PRUNE':
        return null;
      case '$$DESCEND': {
        const left: Document = {};
        for (const [name, value] of fieldEntries(document)) {
          const inner = descend(value, redact);
          if (inner !== undefined) setOwn(left, name, inner);
        }
        return left;
      }
      default:
        throw locationFailure(17053, '$redact must return $$KEEP, $$PRUNE or $$DESCEND');
    }
  };
  return redact;
};
