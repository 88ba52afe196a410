import type { Document } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { isOperatorDocument, isRegex } from '../matching/shapes.ts';
import { changeAt } from './path.ts';

const isPlain = (value: unknown): boolean => !isRegex(value) && !isOperatorDocument(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The values that a field has to equal, all of them. */
const valuesOf = (clause: unknown): readonly unknown[] => {
  if (!isOperatorDocument(clause)) return isRegex(clause) ? [] : [clause];
  const { $in, $all } = clause;
  const only = listOf($in).length === 1 ? listOf($in) : [];
  return ['$eq' in clause ? [clause.$eq] : [], only.filter(isPlain), listOf($all).filter(isPlain)].flat(1);
};

/** The filters inside that must hold as a whole. */
const required = (name: string, clause: unknown): readonly unknown[] => {
  if (!Array.isArray(clause)) return [];
  return name === '$and' || (name === '$or' && clause.length === 1) ? clause : [];
};

function* equalities(filter: Document): Generator<[path: string, value: unknown]> {
  for (const [name, clause] of Object.entries(filter)) {
    for (const part of required(name, clause)) yield* equalities(part as Document);
    if (name.startsWith('$')) continue;
    for (const value of valuesOf(clause)) yield [name, value];
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

const addTo = (document: Document, found: Iterable<[path: string, value: unknown]>): Document => {
  const seen = new Set<string>();
  for (const [path, value] of found) {
    checkSingle(path, seen);
    seen.add(path);
    changeAt(document, { path: path.split('.'), change: () => value, blocked: 'create', root: document });
  }
  return document;
};

/** The fields that a filter holds to one value: what an upsert starts from. */
export const filterEqualities = (filter: Document): Document => addTo({}, equalities(filter));

/** The same of `_id` alone, which a replacement cannot have from its parts. */
export const idEquality = (filter: Document): Document => {
  const found = [...equalities(filter)].filter(([path]) => path === '_id' || path.startsWith('_id.'));
  const part = found.find(([path]) => path !== '_id');
  if (!part) return addTo({}, found);
  throw failure('NotExactValueField', `field at '_id' must be exactly specified, field at sub-path '${part[0]}' found`);
};
