import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';

/** Who may sign in. The product itself never comes over HTTP. */
export const userRoles = ['rep', 'manager', 'admin', 'auditor'] as const;
export type UserRole = (typeof userRoles)[number];

export const everyone = userRoles;
/** An auditor reads everything and changes nothing. */
export const sellers: readonly UserRole[] = ['rep', 'manager', 'admin'];
export const leaders: readonly UserRole[] = ['manager', 'admin'];

/** A part of a `multipart/form-data` body. */
export interface MultipartPart {
  /** What it holds. */
  readonly description: string;
  readonly optional?: true;
  /** Whether it may come more than once. */
  readonly several?: true;
}

/** One route of the product: its validation, its documentation and its client types come from here alone. */
export interface RouteContract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` for each parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Who may call it; nobody needs a token for an `open` route. */
  readonly roles: readonly UserRole[] | 'open';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** A command's body; one without required fields may be left out. */
  readonly body?: z.ZodObject;
  /** Parts of a `multipart/form-data` body, streamed instead of read whole. */
  readonly multipart?: Readonly<Record<string, MultipartPart>>;
  readonly status: 200 | 201 | 202 | 302;
  /** The answer's shape, or the media types of an answer that is no JSON document. */
  readonly answer: z.ZodType | readonly string[];
  /** What may go wrong beside what every route may answer. */
  readonly problems: readonly ProblemCode[];
  /** Whether it appends to the log: takes `Idempotency-Key` and `If-Match`, answers an `ETag`. */
  readonly command?: boolean;
}

/** Declares a route; keeps its exact types. */
export const route = <const Contract extends RouteContract>(contract: Contract): Contract => contract;

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>;
/** What a controller receives: every part validated and turned into the product's own terms. */
export interface InputOf<Contract extends RouteContract> {
  readonly params: Output<Contract['params']>;
  readonly query: Output<Contract['query']>;
  readonly body: Output<Contract['body']>;
}
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
/** What a client sends: the same parts before they are validated. */
export interface RequestOf<Contract extends RouteContract> {
  readonly params: Sent<Contract['params']>;
  readonly query: Sent<Contract['query']>;
  readonly body: Sent<Contract['body']>;
}
/** What a controller answers. */
export type AnswerOf<Contract extends RouteContract> = Contract['answer'] extends z.ZodType
  ? z.input<Contract['answer']>
  : never;
