import { DecodedFields, type Document, getOwn, isDocument } from '../bson/decode.ts';
import { compileElementFilter, compileFilter } from './filter.ts';
import { isOperatorDocument, isRegex } from './shapes.ts';

/** One thing that a filter asks, by itself. */
interface Clause {
  readonly path: string;
  /** In which turn the server asks it. */
  readonly rank: number;
  readonly condition: Document;
}

/** What is asked later has the last word; a denial never says which element it was about. */
const order = [
  ...['$or', '$elemMatch', '$size', '$eq', '$lte', '$lt', '$gt', '$gte', '$regex', '$mod', '$exists', '$in'],
  ...['$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear', '$type'],
];
const rankOf = (operator: string): number => order.indexOf(operator);

const ofOperator = (path: string, operator: string, siblings: Document): Clause[] => {
  const operand = siblings[operator] as unknown;
  if (operator === '$all' && Array.isArray(operand)) return operand.flatMap((value) => ofField(path, value));
  if (rankOf(operator) < 0) return [];
  const { $options } = siblings;
  const condition = { [operator]: operand, ...(operator === '$regex' && '$options' in siblings && { $options }) };
  return [{ path, rank: rankOf(operator), condition }];
};

const ofField = (path: string, clause: unknown): Clause[] => {
  if (isOperatorDocument(clause)) return Object.keys(clause).flatMap((operator) => ofOperator(path, operator, clause));
  const operator = isRegex(clause) ? '$regex' : '$eq';
  return [{ path, rank: rankOf(operator), condition: { [operator]: clause } }];
};

const clausesOf = (filter: Document): Clause[] =>
  Object.entries(filter).flatMap(([name, clause]) => {
    if (name === '$and' && Array.isArray(clause)) return clause.flatMap((part) => clausesOf(part as Document));
    if (name === '$or') return [{ path: '', rank: rankOf('$or'), condition: { $or: clause as unknown } }];
    return name.startsWith('$') ? [] : ofField(name, clause);
  });

const byTurn = (left: Clause, right: Clause): number =>
  left.rank - right.rank || (left.path < right.path ? -1 : Number(left.path > right.path));

/** The first array on the way, and the rest of the way from it on. */
const outermostArray = (document: Document, path: string): { array: readonly unknown[]; rest: string[] } | null => {
  const names = path.split('.');
  let value: unknown = document;
  for (const [depth, name] of names.entries()) {
    value = isDocument(value) ? getOwn(value, name) : undefined;
    if (Array.isArray(value)) return { array: value, rest: names.slice(depth + 1) };
  }
  return null;
};

const elementTest = ({ condition }: Clause, rest: readonly string[]): ((element: unknown) => boolean) => {
  const { $elemMatch } = condition;
  const isOfDocument = isDocument($elemMatch) && !isOperatorDocument($elemMatch);
  if (rest.length === 0 && !isOfDocument) return compileElementFilter(isDocument($elemMatch) ? $elemMatch : condition);
  const predicate = compileFilter(rest.length === 0 ? ($elemMatch as Document) : { [rest.join('.')]: condition });
  return (element) => isDocument(element) && predicate(new DecodedFields(element));
};

const foundBy = (document: Document, clause: Clause): number | null => {
  const { $or } = clause.condition;
  if (Array.isArray($or)) {
    const fields = new DecodedFields(document);
    const first = $or.filter(isDocument).find((part) => compileFilter(part)(fields));
    return first ? matchedElement(document, first) : null;
  }
  const way = outermostArray(document, clause.path);
  const found = way ? way.array.findIndex(elementTest(clause, way.rest)) : -1;
  return found < 0 ? null : found;
};

/** The place of the array's element by which a filter matched a document; null when it matched without one. */
export const matchedElement = (document: Document, filter: Document): number | null =>
  clausesOf(filter)
    .sort(byTurn)
    .map((clause) => foundBy(document, clause))
    .findLast((found) => found !== null) ?? null;
