import { BSONRegExp } from 'bson';
import type { Document } from '../bson/decode.ts';
import { validationDetails } from './validation-details.ts';

const pattern = new BSONRegExp('x$');

const wrongType = (specifiedAs: object, consideredValue: unknown, consideredType: string) => ({
  operatorName: Object.keys(specifiedAs)[0],
  specifiedAs,
  reason: 'type did not match',
  consideredValue,
  consideredType,
});

const schema = (rules: object[]) => ({ operatorName: '$jsonSchema', schemaRulesNotSatisfied: rules });
const properties = (...propertiesNotSatisfied: object[]) => ({ operatorName: 'properties', propertiesNotSatisfied });

/** As the tests of the server itself have them. */
const cases: [validator: Document, document: Document, details: object][] = [
  [
    { $jsonSchema: { properties: { a: { bsonType: ['array'], items: { bsonType: 'string' }, maxItems: 2 } } } },
    { a: 2 },
    schema([properties({ propertyName: 'a', details: [wrongType({ bsonType: ['array'] }, 2, 'int')] })]),
  ],
  [
    { $jsonSchema: { properties: { a: { uniqueItems: true, minItems: 1 } } } },
    { a: ['two', 'two'] },
    schema([
      properties({
        propertyName: 'a',
        details: [
          {
            operatorName: 'uniqueItems',
            specifiedAs: { uniqueItems: true },
            reason: 'found a duplicate item',
            consideredValue: ['two', 'two'],
            duplicatedValue: 'two',
          },
        ],
      }),
    ]),
  ],
  [
    {
      $jsonSchema: {
        title: 'Students',
        required: ['name', 'year'],
        properties: { gpa: { type: 'string', description: 'text' } },
      },
    },
    { year: 1, gpa: 5 },
    {
      operatorName: '$jsonSchema',
      title: 'Students',
      schemaRulesNotSatisfied: [
        properties({ propertyName: 'gpa', description: 'text', details: [wrongType({ type: 'string' }, 5, 'int')] }),
        { operatorName: 'required', specifiedAs: { required: ['name', 'year'] }, missingProperties: ['name'] },
      ],
    },
  ],
  [
    { $jsonSchema: { properties: { a: {} }, additionalProperties: false } },
    { a: 1, b: 2 },
    schema([
      {
        operatorName: 'additionalProperties',
        specifiedAs: { additionalProperties: false },
        additionalProperties: ['b'],
      },
    ]),
  ],
  [
    { $jsonSchema: { properties: { a: { items: { type: 'string' } }, b: { minimum: 5, exclusiveMinimum: true } } } },
    { a: ['x', 1], b: 5 },
    schema([
      properties(
        {
          propertyName: 'a',
          details: [
            {
              operatorName: 'items',
              reason: 'At least one item did not match the sub-schema',
              itemIndex: 1,
              details: [wrongType({ type: 'string' }, 1, 'int')],
            },
          ],
        },
        {
          propertyName: 'b',
          details: [
            {
              operatorName: 'minimum',
              specifiedAs: { minimum: 5, exclusiveMinimum: true },
              reason: 'comparison failed',
              consideredValue: 5,
            },
          ],
        },
      ),
    ]),
  ],
  [
    {
      $jsonSchema: { anyOf: [{ required: ['a'] }, { required: ['b'] }], dependencies: { c: ['d'] }, minProperties: 3 },
    },
    { c: 1 },
    schema([
      {
        operatorName: 'anyOf',
        schemasNotSatisfied: ['a', 'b'].map((name, index) => ({
          index,
          details: [{ operatorName: 'required', specifiedAs: { required: [name] }, missingProperties: [name] }],
        })),
      },
      {
        operatorName: 'minProperties',
        specifiedAs: { minProperties: 3 },
        reason: 'specified number of properties was not satisfied',
        numberOfProperties: 1,
      },
      { operatorName: 'dependencies', failingDependencies: [{ conditionalProperty: 'c', missingProperties: ['d'] }] },
    ]),
  ],
  [
    { $or: [{ a: { $type: 'string' } }, { b: pattern }, { c: { $in: [1, 2] } }] },
    { b: 'y', c: [3, 4] },
    {
      operatorName: '$or',
      clausesNotSatisfied: [
        {
          index: 0,
          details: { operatorName: '$type', specifiedAs: { a: { $type: 'string' } }, reason: 'field was missing' },
        },
        {
          index: 1,
          details: {
            operatorName: '$regex',
            specifiedAs: { b: pattern },
            reason: 'regular expression did not match',
            consideredValue: 'y',
          },
        },
        {
          index: 2,
          details: {
            operatorName: '$in',
            specifiedAs: { c: { $in: [1, 2] } },
            reason: 'no matching value found in array',
            consideredValues: [3, 4, [3, 4]],
          },
        },
      ],
    },
  ],
  [
    { a: { $gt: 1, $lt: 5 }, b: { $ne: 2 }, c: { $not: { $exists: true } } },
    { a: 9, b: 2, c: 1 },
    {
      operatorName: '$and',
      clausesNotSatisfied: [
        {
          index: 1,
          details: {
            operatorName: '$lt',
            specifiedAs: { a: { $lt: 5 } },
            reason: 'comparison failed',
            consideredValue: 9,
          },
        },
        {
          index: 2,
          details: {
            operatorName: '$ne',
            specifiedAs: { b: { $ne: 2 } },
            reason: 'comparison succeeded',
            consideredValue: 2,
          },
        },
        {
          index: 3,
          details: {
            operatorName: '$not',
            details: { operatorName: '$exists', specifiedAs: { c: { $exists: true } }, reason: 'path does exist' },
          },
        },
      ],
    },
  ],
  [
    { $nor: [{ a: 1 }, { a: 2 }] },
    { a: 2 },
    {
      operatorName: '$nor',
      clausesSatisfied: [
        {
          index: 1,
          details: { operatorName: '$eq', specifiedAs: { a: 2 }, reason: 'comparison succeeded', consideredValue: 2 },
        },
      ],
    },
  ],
  [
    { $expr: { $gt: ['$a', 5] } },
    { a: 2 },
    {
      operatorName: '$expr',
      specifiedAs: { $expr: { $gt: ['$a', 5] } },
      reason: 'expression did not match',
      expressionResult: false,
    },
  ],
];

describe('what is told of a document that is not valid', () => {
  it.each(cases)('by %j', (validator, document, details) =>
    expect(validationDetails(validator, document)).toEqual(details),
  );
});
