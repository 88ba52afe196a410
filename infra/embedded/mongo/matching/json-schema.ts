import { remainderOfDecimals } from '../arithmetic/decimal.ts';
import { toDecimal } from '../arithmetic/typed.ts';
import { type Document, getOwn, isDocument } from '../bson/decode.ts';
import { compareValues, orderKey } from '../bson/order.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { failure } from '../errors.ts';
import { isNumber, isTruthy, isZero } from '../numbers.ts';
import { compilePcre } from './pcre.ts';
import { countOf, documentOf, numberOf, positiveOf, schemasOf, textsOf, valuesOf, wrong } from './schema-operands.ts';
import { typeTest } from './types.ts';

/** Whether a value is as a schema says; what is not there is as every schema says. */
type SchemaTest = (value: unknown) => boolean;
type Keyword = (operand: unknown, schema: Document, name: string) => SchemaTest | null;

/** JSON's own names for types. */
const jsonTypes: Readonly<Record<string, string>> = {
  object: 'object',
  array: 'array',
  string: 'string',
  number: 'number',
  boolean: 'bool',
  null: 'null',
};

const jsonTypeTest: Keyword = (operand, _schema, name) => {
  const types = (Array.isArray(operand) ? operand : [operand]).map((type) => {
    if (typeof type === 'string' && Object.hasOwn(jsonTypes, type)) return jsonTypes[type]!;
    throw failure('FailedToParse', `$jsonSchema type '${String(type)}' is not a type of JSON, see '${name}'`);
  });
  return typeTest(types);
};

/** Keywords about one type say nothing about values of another. */
const onText =
  (test: (text: string) => boolean): SchemaTest =>
  (value) =>
    typeof value !== 'string' || test(value);
const onArray =
  (test: (array: readonly unknown[]) => boolean): SchemaTest =>
  (value) =>
    !Array.isArray(value) || test(value);
const onObject =
  (test: (document: Document) => boolean): SchemaTest =>
  (value) =>
    !isDocument(value) || test(value);
const onNumber =
  (test: (value: BsonNumber) => boolean): SchemaTest =>
  (value) =>
    !isNumber(value) || test(value);

const bound =
  (exclusive: string, accepts: (order: number) => boolean): Keyword =>
  (operand, schema, name) => {
    numberOf(operand, name);
    const isExclusive = isTruthy(schema[exclusive] ?? false);
    return onNumber((value) => {
      const order = compareValues(value, operand);
      return order === 0 ? !isExclusive : accepts(order);
    });
  };

/** Says how another keyword is meant. */
const modifying =
  (other: string): Keyword =>
  (operand, schema, name) => {
    if (typeof operand !== 'boolean') throw wrong(name, 'a boolean');
    if (!(other in schema)) throw failure('FailedToParse', `$jsonSchema keyword '${name}' requires '${other}'`);
    return null;
  };

const counting =
  <Value>(
    on: (test: (value: Value) => boolean) => SchemaTest,
    sizeOf: (value: Value) => number,
    accepts: (size: number, limit: number) => boolean,
  ): Keyword =>
  (operand, _schema, name) => {
    const limit = countOf(operand, name);
    return on((value) => accepts(sizeOf(value), limit));
  };
const atLeast = (size: number, limit: number): boolean => size >= limit;
const atMost = (size: number, limit: number): boolean => size <= limit;
const characters = (text: string): number => [...text].length;
const elements = ({ length }: readonly unknown[]): number => length;
const fields = (document: Document): number => Object.keys(document).length;

/** In decimals, so that 0.3 is a multiple of 0.1. */
const multipleOf: Keyword = (operand, _schema, name) => {
  const divisor = positiveOf(operand, name);
  return onNumber((value) => isZero(remainderOfDecimals(toDecimal(value), toDecimal(divisor))));
};

const patternKeyword: Keyword = (operand, _schema, name) => {
  if (typeof operand !== 'string') throw wrong(name, 'a string');
  const pattern = compilePcre(operand, '');
  return onText((text) => pattern.test(text));
};

const required: Keyword = (operand, _schema, name) => {
  const names = textsOf(operand, name);
  return onObject((document) => names.every((field) => getOwn(document, field) !== undefined));
};

const properties: Keyword = (operand, _schema, name) => {
  const tests = Object.entries(documentOf(operand, name)).map(
    ([field, schema]) => [field, compileSchema(schema)] as const,
  );
  return onObject((document) =>
    tests.every(([field, test]) => {
      const value = getOwn(document, field);
      return value === undefined || test(value);
    }),
  );
};

const patternsIn = (operand: unknown): readonly (readonly [RegExp, SchemaTest])[] =>
  Object.entries(documentOf(operand ?? {}, 'patternProperties')).map(
    ([pattern, schema]) => [compilePcre(pattern, ''), compileSchema(schema)] as const,
  );

const patternProperties: Keyword = (operand) => {
  const patterns = patternsIn(operand);
  return onObject((document) =>
    Object.entries(document).every(([field, value]) =>
      patterns.every(([pattern, test]) => !pattern.test(field) || test(value)),
    ),
  );
};

/** A schema, or whether there may be any at all. */
const flagOrSchema = (operand: unknown): SchemaTest =>
  typeof operand === 'boolean' ? () => operand : compileSchema(operand);

const additionalProperties: Keyword = (operand, schema) => {
  const known = new Set(Object.keys(documentOf(schema.properties ?? {}, 'properties')));
  const patterns = patternsIn(schema.patternProperties);
  const test = flagOrSchema(operand);
  return onObject((document) =>
    Object.entries(document).every(
      ([field, value]) => known.has(field) || patterns.some(([pattern]) => pattern.test(field)) || test(value),
    ),
  );
};

const items: Keyword = (operand) => {
  if (!Array.isArray(operand)) {
    const test = compileSchema(operand);
    return onArray((array) => array.every(test));
  }
  const tests = operand.map(compileSchema);
  return onArray((array) => array.every((element, at) => tests[at]?.(element) ?? true));
};

const additionalItems: Keyword = (operand, schema) => {
  const test = flagOrSchema(operand);
  if (!Array.isArray(schema.items)) return null;
  const { length } = schema.items;
  return onArray((array) => array.slice(length).every(test));
};

const uniqueItems: Keyword = (operand, _schema, name) => {
  if (typeof operand !== 'boolean') throw wrong(name, 'a boolean');
  return operand ? onArray((array) => new Set(array.map(orderKey)).size === array.length) : null;
};

const dependency = (field: string, needs: unknown): SchemaTest => {
  const test = Array.isArray(needs) ? required(needs, {}, 'dependencies')! : compileSchema(needs);
  return onObject((document) => getOwn(document, field) === undefined || test(document));
};

const dependencies: Keyword = (operand, _schema, name) => {
  const tests = Object.entries(documentOf(operand, name)).map(([field, needs]) => dependency(field, needs));
  return (value) => tests.every((test) => test(value));
};

const combining =
  (accepts: (tests: readonly SchemaTest[], value: unknown) => boolean): Keyword =>
  (operand, _schema, name) => {
    const tests = schemasOf(operand, name).map(compileSchema);
    return (value) => accepts(tests, value);
  };

const oneOfThese: Keyword = (operand, _schema, name) => {
  const keys = new Set(valuesOf(operand, name).map(orderKey));
  return (value) => keys.has(orderKey(value));
};

const negated: Keyword = (operand) => {
  const test = compileSchema(operand);
  return (value) => !test(value);
};

const silent: Keyword = (operand, _schema, name) => {
  if (typeof operand === 'string') return null;
  throw wrong(name, 'a string');
};

const keywords: Readonly<Record<string, Keyword>> = {
  type: jsonTypeTest,
  bsonType: (operand, schema) => {
    if ('type' in schema) {
      throw failure('FailedToParse', "Cannot specify both $jsonSchema keywords 'type' and 'bsonType'");
    }
    return typeTest(operand);
  },
  enum: oneOfThese,
  minimum: bound('exclusiveMinimum', (order) => order > 0),
  maximum: bound('exclusiveMaximum', (order) => order < 0),
  exclusiveMinimum: modifying('minimum'),
  exclusiveMaximum: modifying('maximum'),
  multipleOf,
  pattern: patternKeyword,
  minLength: counting(onText, characters, atLeast),
  maxLength: counting(onText, characters, atMost),
  items,
  additionalItems,
  uniqueItems,
  minItems: counting(onArray, elements, atLeast),
  maxItems: counting(onArray, elements, atMost),
  required,
  properties,
  patternProperties,
  additionalProperties,
  dependencies,
  minProperties: counting(onObject, fields, atLeast),
  maxProperties: counting(onObject, fields, atMost),
  allOf: combining((tests, value) => tests.every((test) => test(value))),
  anyOf: combining((tests, value) => tests.some((test) => test(value))),
  oneOf: combining((tests, value) => tests.filter((test) => test(value)).length === 1),
  not: negated,
  title: silent,
  description: silent,
};

/** JSON Schema, draft 4, with the server's own types. */
export const compileSchema = (schema: unknown): SchemaTest => {
  const tests = Object.entries(documentOf(schema, '$jsonSchema')).flatMap(([name, operand]) => {
    const keyword = Object.hasOwn(keywords, name) ? keywords[name]! : null;
    if (!keyword) throw failure('FailedToParse', `Unknown $jsonSchema keyword: ${name}`);
    return keyword(operand, schema as Document, name) ?? [];
  });
  return (value) => tests.every((test) => test(value));
};
