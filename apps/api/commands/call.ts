import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson, type Actor } from '@funnel/kernel';
import type { Fault } from '@funnel/contracts';
import type { FastifyRequest } from 'fastify';
import { v5 } from 'uuid';
import { unauthenticated } from '../auth/token.ts';
import { malformed } from '../problems/problem-error.ts';

/** What a command says about itself, whatever it is about. Instants in milliseconds since 1970. */
export interface Call {
  /** The same for the same user and idempotency key; a new one without a key. */
  readonly commandId: string;
  /** Tells another request under the same key; needless without a key. */
  readonly fingerprint?: string;
  readonly actor: Actor;
  /** Business time. */
  readonly at: number;
  /** Record time. */
  readonly now: number;
  /** What the sender takes for the present revision. */
  readonly expectedRevision?: number;
}

const namespace = 'd8fb1b6d-7a57-4f0c-9d0e-6b1f3c7a2e44';

const wrongHeader = (name: string, expected: string, got: unknown): Error => {
  const fault: Fault = { path: `header.${name}`, expected, got };
  return malformed([fault]);
};

const keyOf = ({ headers }: FastifyRequest): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x20-\x7e]{1,200}$/.test(key)) return key;
  throw wrongHeader('Idempotency-Key', '1 to 200 printable characters', key);
};

const expectedRevisionOf = ({ headers }: FastifyRequest): number | undefined => {
  const tag = headers['if-match'];
  if (tag === undefined) return undefined;
  const revision = /^"(\d{1,15})"$/.exec(tag)?.[1];
  if (revision === undefined) throw wrongHeader('If-Match', 'one revision in double quotes, such as "3"', tag);
  return Number(revision);
};

const fingerprintOf = ({ method, url, body }: FastifyRequest): string => {
  const path = url.split('?', 1)[0];
  return createHash('sha256')
    .update(`${method} ${path}\n${canonicalJson(body ?? {})}`)
    .digest('hex');
};

/** Reads the headers of a command. @throws {ProblemError} `malformed` */
export const callOf = (request: FastifyRequest, occurredAt: number | undefined): Call => {
  const { user } = request;
  if (!user) throw unauthenticated('Send a token: Authorization: Bearer <token>.');
  const key = keyOf(request);
  const expectedRevision = expectedRevisionOf(request);
  const now = Date.now();
  return {
    ...(key === undefined
      ? { commandId: randomUUID() }
      : { commandId: v5(`${user.id}\n${key}`, namespace), fingerprint: fingerprintOf(request) }),
    actor: { user: user.id, role: user.role },
    at: occurredAt ?? now,
    now,
    ...(expectedRevision !== undefined && { expectedRevision }),
  };
};

/** An id for what a command creates: the same each time the command is repeated. */
export const newIdOf = ({ commandId }: Call): string => v5('created', commandId);
