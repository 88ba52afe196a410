import type { Document } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { isOperatorDocument, isRegex } from '../matching/shapes.ts';
import { changeAt } from './path.ts';

const equalTo = (clause: unknown): { value: unknown } | null => {
  if (isRegex(clause)) return null;
  if (!isOperatorDocument(clause)) return { value: clause };
  if ('$eq' in clause) return { value: clause.$eq };
  const only = [clause.$all, clause.$in].find((list) => Array.isArray(list) && list.length === 1) as
    [unknown] | undefined;
  return only && !isRegex(only[0]) && !isOperatorDocument(only[0]) ? { value: only[0] } : null;
};

/** The filters inside that must hold as a whole. */
const required = (name: string, clause: unknown): readonly unknown[] => {
  if (!Array.isArray(clause)) return [];
  return name === '$and' || (name === '$or' && clause.length === 1) ? clause : [];
};

function* equalities(filter: Document): Generator<[path: string, value: unknown]> {
  for (const [name, clause] of Object.entries(filter)) {
    for (const part of required(name, clause)) yield* equalities(part as Document);
    const equal = name.startsWith('$') ? null : equalTo(clause);
    if (equal) yield [name, equal.value];
  }
}

const checkSingle = (path: string, seen: ReadonlySet<string>): void => {
  const start = 'cannot infer query fields to set';
  if (seen.has(path)) throw failure('NotSingleValueField', `${start}, path '${path}' is matched twice`);
  for (const other of seen) {
    if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
      throw failure('NotSingleValueField', `${start}, both paths '${path}' and '${other}' are matched`);
  }
};

/** The fields that a filter holds to one value: what an upsert starts from. */
export const filterEqualities = (filter: Document, only?: readonly string[]): Document => {
  const document: Document = {};
  const seen = new Set<string>();
  for (const [path, value] of equalities(filter)) {
    if (only && !only.includes(path)) continue;
    checkSingle(path, seen);
    seen.add(path);
    changeAt(document, { path: path.split('.'), change: () => value, creates: true, filters: new Map() });
  }
  return document;
};
