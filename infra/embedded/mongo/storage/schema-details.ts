import { type Document, getOwn, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { compileSchema } from '../matching/json-schema.ts';
import { typeName } from '../matching/types.ts';

/** What a keyword says of a value that is not as it should be; nothing for those that are told in another way. */
const reasons: Readonly<Record<string, string>> = {
  ...{ minimum: 'comparison failed', maximum: 'comparison failed' },
  ...{ bsonType: 'type did not match', type: 'type did not match' },
  ...{ enum: 'value was not found in enum', pattern: 'regular expression did not match' },
  multipleOf: 'considered value is not a multiple of the specified value',
  minLength: 'specified string length was not satisfied',
  maxLength: 'specified string length was not satisfied',
  minItems: 'array did not match specified length',
  maxItems: 'array did not match specified length',
};

const modifiers: Readonly<Record<string, string>> = { minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum' };

type Describe = (operand: never, value: never, schema: Document) => Document;

const failing = (schemas: readonly Document[], value: unknown): Document[] =>
  schemas.flatMap((schema, index) => {
    const details = schemaDetails(schema, value);
    return details.length > 0 ? [{ index, details }] : [];
  });

const annotations = ({ title, description }: Document): Document => ({
  ...(title !== undefined && { title: title as unknown }),
  ...(description !== undefined && { description: description as unknown }),
});

const failingProperties = (properties: Document, value: Document): Document[] =>
  Object.entries(properties as Record<string, Document>).flatMap(([propertyName, schema]) => {
    const own = getOwn(value, propertyName);
    const details = own === undefined ? [] : schemaDetails(schema, own);
    return details.length > 0 ? [{ propertyName, ...annotations(schema), details }] : [];
  });

const failingPatterns = (patterns: Document, value: Document): Document[] =>
  Object.entries(patterns as Record<string, Document>).flatMap(([regexMatched, schema]) =>
    Object.entries(value).flatMap(([propertyName, own]) => {
      const isValid = compileSchema({ patternProperties: { [regexMatched]: schema } })({ [propertyName]: own });
      return isValid ? [] : [{ propertyName, regexMatched, details: schemaDetails(schema, own) }];
    }),
  );

/** A keyword about what the others leave, with what those are about, and without what they ask of it. */
const besideOthers = (name: 'additionalProperties' | 'additionalItems', schema: Document): Document => {
  const asked = ({ ...schemas }: Document): Document =>
    Object.fromEntries(Object.keys(schemas).map((field): [string, Document] => [field, {}]));
  const { properties = {}, patternProperties = {}, items } = schema;
  return {
    [name]: schema[name] as unknown,
    properties: asked(properties as Document),
    patternProperties: asked(patternProperties as Document),
    ...(Array.isArray(items) && { items: items.map(() => ({})) }),
  };
};

const surplus = (operand: unknown, value: Document, schema: Document): Document => {
  const isValid = compileSchema(besideOthers('additionalProperties', schema));
  const names = Object.keys(value).filter((name) => !isValid({ [name]: getOwn(value, name) }));
  if (!isDocument(operand)) return { specifiedAs: { additionalProperties: operand }, additionalProperties: names };
  return {
    reason: 'at least one additional property did not match the subschema',
    failingProperty: names[0],
    details: schemaDetails(operand, getOwn(value, names[0]!)),
  };
};

const surplusItems = (operand: unknown, value: readonly unknown[], { items }: Document): Document => {
  const additionalItems = value.slice((items as unknown[]).length);
  if (!isDocument(operand))
    return { specifiedAs: { additionalItems: operand }, reason: 'found additional items', additionalItems };
  const at = additionalItems.findIndex((item) => schemaDetails(operand, item).length > 0);
  return {
    reason: 'At least one additional item did not match the sub-schema',
    itemIndex: value.length - additionalItems.length + at,
    details: schemaDetails(operand, additionalItems[at]),
  };
};

const failingItem = (schema: Document, value: readonly unknown[]): Document => {
  const itemIndex = value.findIndex((item) => schemaDetails(schema, item).length > 0);
  return {
    reason: 'At least one item did not match the sub-schema',
    itemIndex,
    details: schemaDetails(schema, value[itemIndex]),
  };
};

const duplicateOf = (values: readonly unknown[]): unknown => {
  const keys = new Set<string>();
  return values.find((value) => keys.has(orderKey(value)) || !keys.add(orderKey(value)));
};

const missingIn = (names: readonly string[], value: Document): string[] =>
  names.filter((name) => getOwn(value, name) === undefined);

const failingDependencies = (dependencies: Document, value: Document): Document[] =>
  Object.entries(dependencies)
    .filter(([conditionalProperty]) => getOwn(value, conditionalProperty) !== undefined)
    .flatMap(([conditionalProperty, needs]): Document[] => {
      if (!Array.isArray(needs)) {
        const details = schemaDetails(needs as Document, value);
        return details.length > 0 ? [{ conditionalProperty, details }] : [];
      }
      const missingProperties = missingIn(needs as string[], value);
      return missingProperties.length > 0 ? [{ conditionalProperty, missingProperties }] : [];
    });

const countOf =
  (name: string): Describe =>
  (operand: unknown, value: Document) => ({
    specifiedAs: { [name]: operand },
    reason: 'specified number of properties was not satisfied',
    numberOfProperties: Object.keys(value).length,
  });

const notSatisfied: Describe = (schemas: Document[], value: unknown) => ({
  schemasNotSatisfied: failing(schemas, value),
});

/** What is told in words of its own, in the order in which it is told. */
const described: Readonly<Record<string, Describe>> = {
  allOf: notSatisfied,
  anyOf: notSatisfied,
  oneOf: (schemas: Document[], value: unknown) => {
    const matchingSchemaIndexes = schemas.flatMap((schema, at) => (compileSchema(schema)(value) ? [at] : []));
    return matchingSchemaIndexes.length > 0
      ? { reason: 'more than one subschema matched', matchingSchemaIndexes }
      : { schemasNotSatisfied: failing(schemas, value) };
  },
  not: () => ({ reason: 'child expression matched' }),
  items: (operand: unknown, value: readonly unknown[]) => {
    if (isDocument(operand)) return failingItem(operand, value);
    const schemas = operand as Document[];
    const itemIndex = value.findIndex((item, at) => schemas[at] && schemaDetails(schemas[at], item).length > 0);
    return { details: [{ itemIndex, details: schemaDetails(schemas[itemIndex]!, value[itemIndex]) }] };
  },
  additionalItems: surplusItems,
  uniqueItems: (operand: unknown, value: readonly unknown[]) => ({
    specifiedAs: { uniqueItems: operand },
    reason: 'found a duplicate item',
    consideredValue: value,
    duplicatedValue: duplicateOf(value),
  }),
  properties: (properties: Document, value: Document) => ({
    propertiesNotSatisfied: failingProperties(properties, value),
  }),
  patternProperties: (patterns: Document, value: Document) => ({ details: failingPatterns(patterns, value) }),
  additionalProperties: surplus,
  required: (required: string[], value: Document) => ({
    specifiedAs: { required },
    missingProperties: missingIn(required, value),
  }),
  minProperties: countOf('minProperties'),
  maxProperties: countOf('maxProperties'),
  dependencies: (dependencies: Document, value: Document) => ({
    failingDependencies: failingDependencies(dependencies, value),
  }),
};

const order = [...Object.keys(reasons), ...Object.keys(described)];

/** What a keyword means together with those that say how it is meant. */
const withModifiers = (name: string, schema: Document): Document => {
  const modifier = modifiers[name];
  const own = { [name]: schema[name] as unknown };
  return modifier !== undefined && modifier in schema ? { ...own, [modifier]: schema[modifier] as unknown } : own;
};

const detailOf = (name: string, schema: Document, value: unknown): Document[] => {
  const specifiedAs = withModifiers(name, schema);
  const isAboutRest = name === 'additionalProperties' || name === 'additionalItems';
  if (compileSchema(isAboutRest ? besideOthers(name, schema) : specifiedAs)(value)) return [];
  const operand = schema[name] as never;
  const describe = described[name];
  if (describe) return [{ operatorName: name, ...describe(operand, value as never, schema) }];
  const consideredType = reasons[name] === reasons.type && { consideredType: typeName(value) };
  return [{ operatorName: name, specifiedAs, reason: reasons[name], consideredValue: value, ...consideredType }];
};

/** The rules of a schema that a value does not satisfy; none for one that satisfies all. */
export const schemaDetails = (schema: Document, value: unknown): Document[] =>
  order.filter((name) => name in schema).flatMap((name) => detailOf(name, schema, value));
