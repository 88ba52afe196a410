import { compileSchema } from './json-schema.ts';

const cases: [schema: object, valid: unknown[], invalid: unknown[]][] = [
  [{ type: 'number' }, [1, 1.5], ['1', null]],
  [{ bsonType: ['string', 'null'] }, ['a', null], [1]],
  [{ enum: [1, 'a'] }, [1, 'a'], [2]],
  [{ minimum: 1, maximum: 3 }, [1, 3, 'x'], [0, 4]],
  [{ minimum: 1, exclusiveMinimum: true }, [2], [1]],
  [{ multipleOf: 0.5 }, [1.5, 'x'], [1.2, Number.NaN]],
  [{ multipleOf: 0.01 }, [0.07, 19.99], [0.075]],
  [{ minLength: 2, maxLength: 3 }, ['ab', '€€€', 5], ['a', 'abcd']],
  [{ pattern: '^a' }, ['ab', 5], ['ba']],
  [{ required: ['a'] }, [{ a: 1 }, 5], [{}]],
  [{ required: ['constructor'] }, [{ constructor: 1 }], [{}]],
  [{ properties: { constructor: { type: 'string' } } }, [{}, { constructor: 'x' }], [{ constructor: 1 }]],
  [{ properties: { a: { type: 'string' } } }, [{ a: 'x' }, {}], [{ a: 1 }]],
  [{ properties: { a: {} }, additionalProperties: false }, [{ a: 1 }], [{ b: 1 }]],
  [{ patternProperties: { '^x': { type: 'number' } } }, [{ x1: 1, y: 'a' }], [{ x1: 'a' }]],
  [{ patternProperties: { '^x': {} }, additionalProperties: { type: 'null' } }, [{ x: 1, y: null }], [{ y: 1 }]],
  [{ minProperties: 1, maxProperties: 2 }, [{ a: 1 }], [{}, { a: 1, b: 1, c: 1 }]],
  [{ items: { type: 'number' } }, [[1, 2], []], [['a']]],
  [{ items: [{ type: 'number' }], additionalItems: false }, [[1]], [['a'], [1, 2]]],
  [{ minItems: 1, maxItems: 2, uniqueItems: true }, [[1, 2]], [[], [1, 1], [1, 2, 3]]],
  [{ dependencies: { a: ['b'], c: { required: ['d'] } } }, [{ a: 1, b: 1 }, {}], [{ a: 1 }, { c: 1 }]],
  [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1], [3]],
  [{ anyOf: [{ type: 'string' }, { minimum: 5 }] }, ['a', 6], [1]],
  [{ oneOf: [{ minimum: 1 }, { minimum: 5 }] }, [1], [6]],
  [{ not: { type: 'string' } }, [1], ['a']],
  [{ title: 't', description: 'd' }, [1], []],
];

describe('a JSON schema', () => {
  it.each(cases)('%j', (schema, valid, invalid) => {
    const isValid = compileSchema(schema);
    expect(valid.filter((value) => !isValid(value))).toEqual([]);
    expect(invalid.filter(isValid)).toEqual([]);
  });

  it.each([
    { nope: 1 },
    { type: 'integer' },
    { exclusiveMinimum: true },
    { minimum: 'a' },
    { multipleOf: Number.NaN },
    { uniqueItems: 1 },
    { required: [] },
    { items: 1 },
  ])('is refused as %j', (schema) => expect(() => compileSchema(schema)).toThrow());
});
