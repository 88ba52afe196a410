import type { z } from 'zod';
import type { Fault } from './problems.ts';

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
};

/** What a schema without words of its own expected. */
const phrases: {
  [Code in z.core.$ZodRawIssue['code']]?: (
    issue: z.core.$ZodRawIssue<Extract<z.core.$ZodIssue, { code: Code }>>,
  ) => string;
} = {
  invalid_type: ({ expected }) => nouns[expected] ?? String(expected),
  invalid_value: ({ values }) =>
    values.length === 1 ? `${String(values[0])}` : `one of ${values.map(String).join(', ')}`,
  too_small: ({ minimum, inclusive }) => `${inclusive === false ? 'more than' : 'at least'} ${minimum}`,
  too_big: ({ maximum, inclusive }) => `${inclusive === false ? 'less than' : 'at most'} ${maximum}`,
  invalid_format: ({ format }) => (format === 'email' ? 'an e-mail address' : `text in the format ${format}`),
  // Of shapes that one field tells apart, when that field says none of them.
  invalid_union: (issue) =>
    'options' in issue && Array.isArray(issue.options)
      ? `one of ${issue.options.map(String).join(', ')}`
      : 'another shape',
  unrecognized_keys: () => 'no such field',
};
const expected: z.core.$ZodErrorMap = (issue) =>
  (phrases[issue.code] as ((issue: z.core.$ZodRawIssue) => string) | undefined)?.(issue);

/** `$.stages[0].key`; the first part names the place: `$` for the body, `query`, `path`. */
const pathText = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`), root);

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);

/** What stood there, short enough to be shown again; objects and lists are not repeated. */
const shown = (value: unknown): { got?: unknown } => {
  if (value === undefined) return {};
  if (Array.isArray(value)) return { got: 'a list' };
  if (typeof value === 'object' && value !== null) return { got: 'an object' };
  return { got: typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}…` : value };
};

const faultsOf = (issue: z.core.$ZodIssue, input: unknown, root: string): Fault[] => {
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ path: pathText(root, path), expected: issue.message, ...shown(at(input, path)) }));
};

export type Reading<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly faults: Fault[] };

/** Reads a part of a request by its schema; every fault is told, each with its place. */
export const read = <Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  root: string,
): Reading<z.output<Schema>> => {
  const parsed = schema.safeParse(input, { error: expected });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, faults: parsed.error.issues.flatMap((issue) => faultsOf(issue, input, root)) };
};
