import { z } from 'zod';
import { commonProblems, problem, problems, statusOf, type ProblemCode } from './problems.ts';
import type { MultipartPart, RouteContract } from './route.ts';

type Json = Record<string, unknown>;
type Table = Readonly<Record<string, RouteContract>>;

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const isSchema = (answer: RouteContract['answer']): answer is z.ZodType => !Array.isArray(answer);

/** Bodies as they are sent, answers as they come back: two readings of one schema, so two names. */
const componentsOf = (table: Table) => {
  const schemas: Record<string, { schema: z.ZodType; io: 'input' | 'output' }> = {
    Problem: { schema: problem, io: 'output' },
  };
  for (const [name, contract] of Object.entries(table)) {
    if (contract.body) schemas[`${capitalized(name)}Body`] = { schema: contract.body, io: 'input' };
    if (isSchema(contract.answer))
      schemas[answerName(name, contract.answer)] = { schema: contract.answer, io: 'output' };
  }
  return Object.fromEntries(Object.entries(schemas).map(([name, { schema, io }]) => [name, jsonSchema(schema, io)]));
};

/** A schema with a title is shared by its title. */
const answerName = (route: string, schema: z.ZodType): string => schema.meta()?.title ?? `${capitalized(route)}Answer`;
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Many tools know no classes of letters (`\p{L}`): for them whatever is not ASCII may stand in an id. */
const portable = (pattern: string): string =>
  pattern
    .replaceAll(String.raw`[\p{L}\p{N}]`, String.raw`[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]`)
    .replaceAll(String.raw`[\p{L}\p{N}._-]`, String.raw`[^\x00-\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]`);

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    ...{ target: 'draft-2020-12', io, unrepresentable: 'any' },
    override: ({ jsonSchema: made }) => {
      if (made.pattern !== undefined) made.pattern = portable(made.pattern);
    },
  });
  return rest;
};

const parametersIn = (place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as Json;
    const parameter = { name, in: place, required: place === 'path' || required.includes(name), schema: rest };
    return description === undefined ? parameter : { ...parameter, description };
  });
};

const header = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});
const commandHeaders: readonly Json[] = [
  header(
    'Idempotency-Key',
    'The same key with the same request gives the same answer and changes nothing twice. It is kept with the event that ' +
      'the request led to: one that was refused, or that changed nothing, is judged anew.',
    { type: 'string', minLength: 1, maxLength: 200 },
  ),
  header('If-Match', 'The revision you have seen, in double quotes; 412 when it has changed since.', {
    type: 'string',
    pattern: '^"\\d+"$',
  }),
];

/** Several codes may share a status. */
const problemAnswers = (codes: readonly ProblemCode[]): Json => {
  const byStatus = Map.groupBy(new Set(codes), statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      `${status}`,
      {
        description: group.map((code) => `\`${code}\`: ${problems[code][1]}`).join('; '),
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]),
  );
};

const isJson = (mediaType: string): boolean => /[/+]json$/.test(mediaType);

const contentOf = (name: string, answer: RouteContract['answer']): Json => {
  if (isSchema(answer)) return { content: { 'application/json': { schema: ref(answerName(name, answer)) } } };
  if (answer.length === 0) return {};
  return {
    content: Object.fromEntries(answer.map((type) => [type, { schema: { type: isJson(type) ? 'object' : 'string' } }])),
  };
};

const success = (name: string, { answer, command, status }: RouteContract): Json => ({
  description: { 200: 'Done', 201: 'Created', 202: 'Begun', 302: 'Go on there' }[status],
  ...(command && {
    headers: { ETag: { description: 'The revision, in double quotes.', schema: { type: 'string' } } },
  }),
  ...contentOf(name, answer),
});

const commandProblems: readonly ProblemCode[] = [
  'stale-revision',
  'payload-too-large',
  'unsupported-media-type',
  'idempotency-key-reused',
  'conflict',
];

const problemsOf = ({ roles, command, problems }: RouteContract): readonly ProblemCode[] => [
  ...(roles === 'open' ? (['malformed', 'internal'] as const) : commonProblems),
  ...(command ? commandProblems : []),
  ...problems,
];

const partSchema = ({ description, several }: MultipartPart): Json =>
  several ? { type: 'array', items: { type: 'string' }, description } : { type: 'string', description };

const requestBody = (name: string, { body, multipart }: RouteContract): Json => {
  if (multipart) {
    const parts = Object.entries(multipart);
    const properties = Object.fromEntries(parts.map(([part, each]) => [part, partSchema(each)]));
    const required = parts.filter(([, { optional }]) => !optional).map(([part]) => part);
    const schema = { type: 'object', properties, required };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (!body) return {};
  const content = { 'application/json': { schema: ref(`${capitalized(name)}Body`) } };
  return { requestBody: { required: !body.safeParse({}).success, content } };
};

const operation = (name: string, contract: RouteContract): Json => ({
  operationId: name,
  tags: [contract.tag],
  summary: contract.summary,
  ...(contract.description && { description: contract.description }),
  parameters: [
    ...parametersIn('path', contract.params),
    ...parametersIn('query', contract.query),
    ...(contract.command ? commandHeaders : []),
  ],
  ...requestBody(name, contract),
  responses: { [contract.status]: success(name, contract), ...problemAnswers(problemsOf(contract)) },
  ...(contract.roles === 'open' ? { security: [] } : { 'x-roles': contract.roles }),
});

/** The OpenAPI 3.1 document of a table of routes. */
export const openApiOf = (table: Table, info: { readonly version: string }): Json => {
  const paths: Record<string, Json> = {};
  for (const [name, contract] of Object.entries(table)) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(name, contract) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Funnel Ledger',
      version: info.version,
      description: 'The sales funnel as a ledger: commands append facts, reads are answered from views of them.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: [...new Set(Object.values(table).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: componentsOf(table),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'funnel-token' },
      },
    },
  };
};
