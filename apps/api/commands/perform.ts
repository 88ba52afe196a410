import { type DomainEvent, formatPosition } from '@funnel/kernel';
import type { EventStore, ExecuteRequest, Outcome } from '@funnel/event-store';
import type { preSerializationAsyncHookHandler } from 'fastify';
import { ProblemError } from '../problems/problem-error.ts';
import { refused, type Rejection } from '../problems/rejections.ts';
import type { Call } from './call.ts';

/** What a command is answered with: what it was about, and where its last event stands. */
export class Done {
  constructor(
    readonly id: string,
    readonly revision: number,
    readonly position: string,
  ) {}

  /** The revision it led to, as the tag that `If-Match` takes. */
  static readonly tag: preSerializationAsyncHookHandler = async (_request, reply, payload) => {
    if (payload instanceof Done) reply.header('etag', `"${payload.revision}"`);
    return payload;
  };
}

const stale = (revision: number): ProblemError => {
  const tag = `"${revision}"`;
  if (revision < 0)
    return new ProblemError('stale-revision', 'There is nothing of that id yet.', { members: { revision: null } });
  return new ProblemError('stale-revision', `The revision is ${tag} now; read it again and decide anew.`, {
    members: { revision },
    headers: { etag: tag },
  });
};

const answer = (id: string, outcome: Outcome<Rejection>): Done => {
  switch (outcome.kind) {
    case 'accepted':
      return new Done(id, outcome.revision, formatPosition(outcome.position));
    case 'rejected':
      throw refused(outcome.rejection);
    case 'stale':
      throw stale(outcome.revision);
    case 'command-reused':
      throw new ProblemError(
        'idempotency-key-reused',
        'This Idempotency-Key came with another request before; use a new key for a new request.',
      );
  }
};

type Wanted<S, C, E extends DomainEvent, R> = Pick<
  ExecuteRequest<S, C, E, R>,
  'decider' | 'stream' | 'command' | 'presumedNew'
> & {
  readonly id: string;
};

/** Decides and appends one command. @throws {ProblemError} when it is refused */
export const perform = async <S, C, E extends DomainEvent, R extends Rejection>(
  store: EventStore,
  { id, ...wanted }: Wanted<S, C, E, R>,
  { commandId, fingerprint, actor, at, now, expectedRevision }: Call,
): Promise<Done> => {
  const context = { commandId, fingerprint, actor, at, recordedAt: now };
  return answer(id, await store.execute({ ...wanted, context, expectedRevision }));
};
