import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApiOf, routes, type RouteContract } from './index.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a JSON document is looked into
type Document = any;
const document: Document = openApiOf(routes, { version: '1' });
const table = Object.entries<RouteContract>(routes);

const operations = (): { path: string; method: string; operation: Document }[] =>
  Object.entries<Document>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
const referencesIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => (key === '$ref' ? [`${field}`] : referencesIn(field)));
};
const resolved = (reference: string): unknown =>
  reference
    .replace('#/', '')
    .split('/')
    .reduce<Document>((node, key) => node?.[key], document);

describe('the document of the API', () => {
  it('has one operation for each route of the table', () => {
    expect(operations()).toHaveLength(table.length);
    expect(operations().map(({ operation }) => operation.operationId)).toEqual(
      expect.arrayContaining(table.map(([name]) => name)),
    );
  });

  it('refers only to what it holds', () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((reference) => resolved(reference) === undefined)).toEqual([]);
  });

  it('declares every parameter that a path has, and no other', () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter(({ in: place }: Document) => place === 'path');
      expect({ path, names: declared.map(({ name }: Document) => name).sort() }).toEqual({
        path,
        names: inPath.sort(),
      });
      expect(declared.every(({ required }: Document) => required === true)).toBe(true);
    }
  });

  it('describes every answer, problems as problem+json', () => {
    for (const { operation } of operations()) {
      for (const [status, answer] of Object.entries<Document>(operation.responses)) {
        expect(answer.description).toMatch(/./);
        if (Number(status) >= 400) expect(Object.keys(answer.content)).toEqual(['application/problem+json']);
      }
    }
  });

  it('tells documents from other text, whatever shape they have', () => {
    const typesOf = (path: string) => {
      const { content } = document.paths[path].get.responses[200];
      return Object.entries<Document>(content).map(([mediaType, { schema }]) => [mediaType, schema.type]);
    };
    expect(typesOf('/api/openapi.json')).toEqual([['application/json', 'object']]);
    expect(typesOf('/api/schemas/{type}/{version}')).toEqual([['application/schema+json', 'object']]);
    expect(typesOf('/api/events')).toEqual([
      ['application/x-ndjson', 'string'],
      ['text/event-stream', 'string'],
    ]);
  });

  it('describes ids by patterns that every tool can read, and that fit ids of all scripts', () => {
    expect(JSON.stringify(document)).not.toContain(String.raw`\\p{`);
    const { pattern } = document.components.schemas.CreateDealBody.properties.id;
    const fits = (text: string) => new RegExp(pattern).test(text);
    expect(['press-line', '客户_1.2', 'Ünïté', '7'].filter((text) => !fits(text))).toEqual([]);
    expect(['', '-a', '.a', 'a/b', 'a b', 'a:b', 'a'.repeat(101)].filter(fits)).toEqual([]);
  });

  it('holds schemas of JSON Schema 2020-12 that compile', () => {
    const ajv = formats.default(new Ajv2020({ strict: false }));
    ajv.addSchema({ $id: 'document', ...document });
    const names = Object.keys(document.components.schemas);
    expect(names).toEqual(expect.arrayContaining(['Problem', 'Deal', 'Done', 'CreateDealBody', 'FunnelReport']));
    for (const name of names)
      expect(ajv.compile({ $ref: `document#/components/schemas/${name}` })).toBeInstanceOf(Function);
  });

  it('takes the bodies that the routes take, and refuses those they refuse', () => {
    const ajv = formats.default(new Ajv2020({ strict: false }));
    ajv.addSchema({ $id: 'document', ...document });
    const takes = ajv.compile({ $ref: 'document#/components/schemas/CreateDealBody' });
    const body = {
      title: 'A',
      customer: { name: 'B' },
      amount: { value: '1.00', currency: 'CNY' },
      funnelId: 'six-step',
    };
    const bodies = [
      body,
      { ...body, occurredAt: '2026-07-01T08:00:00+08:00' },
      { ...body, amount: { value: 1, currency: 'CNY' } },
      { ...body, colour: 'red' },
      { ...body, title: '' },
    ];
    expect(bodies.map((each) => takes(each))).toEqual([true, true, false, false, false]);
    expect(bodies.map((each) => routes.createDeal.body.safeParse(each).success)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('says who may call what', () => {
    expect(document.paths['/api/deals'].post['x-roles']).toEqual(['rep', 'manager', 'admin']);
    expect(document.paths['/api/deals'].get['x-roles']).toContain('auditor');
    expect(document.paths['/health/live'].get.security).toEqual([]);
  });
});
