import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { locationFailure } from '../errors.ts';
import { plainExpression } from './compile.ts';
import type { Variables } from './operator.ts';

type Redact = (document: Document, root?: Document) => Document | null;
type Inner = (document: Document) => Document | null;

const descend = (value: unknown, redact: Inner): unknown => {
  if (isDocument(value)) return redact(value) ?? undefined;
  if (!Array.isArray(value)) return value;
  return value.map((element) => descend(element, redact)).filter((element) => element !== undefined);
};

/** Keeps a document, drops it, or asks the same of each document in it; null for one that is dropped. */
export const redaction = (expression: unknown, variables: Variables): Redact => {
  const decide = plainExpression(expression, { ...variables, CURRENT: undefined });
  const redact: Redact = (document, root = document) => {
    switch (decide(root, { CURRENT: document })) {
      case '$$KEEP':
        return document;
      case '$$PRUNE':
        return null;
      case '$$DESCEND': {
        const left: Document = {};
        for (const [name, value] of fieldEntries(document)) {
          const inner = descend(value, (part) => redact(part, root));
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
