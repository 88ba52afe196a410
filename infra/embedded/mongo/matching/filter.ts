import { type Document, type Fields, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import type { Variables } from '../aggregating/operator.ts';
import { compileExpression } from '../aggregating/expression.ts';
import { isNumber, isTruthy, toNumber } from '../numbers.ts';
import type { Compare } from './collation.ts';
import { currentCollation } from './collation-scope.ts';
import { compileSchema } from './json-schema.ts';
import { elementOrWhole, type LeafTest, somePathValue } from './paths.ts';
import { equals, operators } from './operators.ts';
import { regexTest } from './regex.ts';
import { isOperatorDocument, isRegex } from './shapes.ts';

export type Predicate = (fields: Fields) => boolean;

const clauses = (operator: string, value: unknown): Document[] => {
  if (!Array.isArray(value)) throw failure('BadValue', `${operator} argument must be an array`);
  if (value.length === 0) throw failure('BadValue', `${operator} argument must be a non-empty array`);
  if (!value.every(isDocument)) throw failure('BadValue', `${operator} argument's entries must be objects`);
  return value;
};

/** What a filter is read with: the variables for `$expr`, and how text is compared. */
interface Surroundings {
  readonly variables: Variables;
  readonly compare: Compare | undefined;
}

const always = (name: string, value: unknown, answer: boolean): Predicate => {
  if (isNumber(value) && toNumber(value) === 1) return () => answer;
  throw failure('FailedToParse', `${name} must be an integer value of 1`);
};

const logical: Record<string, (value: unknown, surroundings: Surroundings) => Predicate | null> = {
  $and: (value, around) => all(clauses('$and', value).map((part) => compileIn(part, around))),
  $or: (value, around) => {
    const parts = clauses('$or', value).map((part) => compileIn(part, around));
    return (fields) => parts.some((part) => part(fields));
  },
  $nor: (value, around) => {
    const parts = clauses('$nor', value).map((part) => compileIn(part, around));
    return (fields) => !parts.some((part) => part(fields));
  },
  $expr: (value, { variables }) => {
    const evaluate = compileExpression(value, variables);
    return (fields) => isTruthy(evaluate(fields.whole()));
  },
  $jsonSchema: (value) => {
    const test = compileSchema(value);
    return (fields) => test(fields.whole());
  },
  $sampleRate: (value) => {
    const rate = isNumber(value) ? toNumber(value) : Number.NaN;
    if (!(rate >= 0 && rate <= 1)) throw failure('BadValue', '$sampleRate takes a rate between 0 and 1');
    return () => Math.random() < rate;
  },
  $alwaysTrue: (value) => always('$alwaysTrue', value, true),
  $alwaysFalse: (value) => always('$alwaysFalse', value, false),
  $comment: () => null,
};

/** Whether the operator is none of a field, but stands for itself, as `$or` does. */
export const isOfWholeDocuments = (operator: string): boolean => Object.hasOwn(logical, operator);

const all = (parts: readonly Predicate[]): Predicate => {
  if (parts.length === 1) return parts[0]!;
  return (fields) => parts.every((part) => part(fields));
};

/** What the server knows and this one does not do. */
const lacking = ['$where', '$near', '$nearSphere', '$geoWithin', '$geoIntersects', '$within', '$geoNear'];

const unknownOperator = (name: string, message: string): Error => {
  // There are no indexes of words here, without which nobody may ask for any.
  if (name === '$text') return failure('IndexNotFound', 'text index required for $text query');
  return lacking.includes(name)
    ? failure('NotImplemented', `${name} is not supported by this server`)
    : failure('BadValue', message);
};

const logicalClause = (name: string, value: unknown, around: Surroundings): Predicate | null => {
  const compile = logical[name];
  if (compile) return compile(value, around);
  throw unknownOperator(
    name,
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
};

/** How a test is put to what a condition is about. */
type Some = (test: LeafTest) => Predicate;

const someAt = (path: string): Some => {
  const values = somePathValue(path);
  return (test) => (fields) => values(fields, test);
};

const conditionOn = (some: Some, condition: unknown, around: Surroundings): Predicate[] => {
  if (isRegex(condition)) return [some(elementOrWhole(regexTest(condition)))];
  if (!isOperatorDocument(condition)) return [some(equals(condition, around.compare))];
  return Object.entries(condition).flatMap(([name, operand]) => {
    if (name === '$not') return [negated(some, operand, around)];
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (!operator) throw unknownOperator(name, `unknown operator: ${name}`);
    const compiled = operator(operand, condition, {
      ofElement: (inner) => compileElementFilter(inner, around),
      ofDocument: (inner) => compileIn(inner, around),
      compare: around.compare,
    });
    if (!compiled) return [];
    const found = some(compiled.test);
    return [compiled.negated ? (fields: Fields) => !found(fields) : found];
  });
};

const negated = (some: Some, operand: unknown, around: Surroundings): Predicate => {
  if (!isRegex(operand) && !isOperatorDocument(operand)) throw failure('BadValue', '$not needs a regex or a document');
  const inner = all(conditionOn(some, operand, around));
  return (fields) => !inner(fields);
};

const heldAgainst =
  (predicate: Predicate): LeafTest =>
  (value) =>
    predicate({ get: () => value, whole: () => ({ value }) });

const plainly = (): Surroundings => ({ variables: {}, compare: currentCollation() });

/** One value held against `{$gt: 1, $lt: 5}` as if it were a field: any of its elements will do. For $pull. */
export const compileValueFilter = (condition: Document): LeafTest =>
  heldAgainst(all(conditionOn(someAt('value'), condition, plainly())));

/** The same for $elemMatch, which looks at an element and not into it. */
export const compileElementFilter = (condition: Document, around: Surroundings = plainly()): LeafTest =>
  heldAgainst(all(conditionOn((test) => (fields) => (test.whole ?? test)(fields.get('value')), condition, around)));

const compileIn = (filter: Document, around: Surroundings): Predicate => {
  const parts: Predicate[] = [];
  for (const [name, value] of Object.entries(filter)) {
    if (!name.startsWith('$')) {
      parts.push(...conditionOn(someAt(name), value, around));
    } else {
      const clause = logicalClause(name, value, around);
      if (clause) parts.push(clause);
    }
  }
  return all(parts);
};

/**
 * Compiles a filter once; unknown operators and malformed operands are refused as the server refuses them. The variables
 * are those of an enclosing `$lookup`, for `$expr`. Text goes by the collation of what runs when it is compiled.
 */
export const compileFilter = (filter: Document, variables: Variables = {}): Predicate =>
  compileIn(filter, { variables, compare: currentCollation() });
