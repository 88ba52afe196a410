import { status } from '@grpc/grpc-js';
import { StatusError } from '../errors.ts';
import type { GroupKey } from './settings.ts';

const trailers = (exception: string, { stream, name }: GroupKey): Record<string, string> => ({
  exception,
  'stream-name': stream,
  'group-name': name,
});

export const doesNotExist = (key: GroupKey): StatusError =>
  new StatusError(
    status.NOT_FOUND,
    `Subscription group ${key.name} on stream ${key.stream} does not exist.`,
    trailers('persistent-subscription-does-not-exist', key),
  );

export const alreadyExists = (key: GroupKey): StatusError =>
  new StatusError(
    status.ALREADY_EXISTS,
    `Subscription group ${key.name} on stream ${key.stream} exists.`,
    trailers('persistent-subscription-exists', key),
  );

export const failed = (key: GroupKey, reason: string): StatusError =>
  new StatusError(status.INTERNAL, `Subscription group ${key.name} on stream ${key.stream} failed: '${reason}'`, {
    ...trailers('persistent-subscription-failed', key),
    reason,
  });

export const maximumSubscribersReached = (key: GroupKey): StatusError =>
  new StatusError(
    status.FAILED_PRECONDITION,
    `Maximum subscriptions reached for subscription group ${key.name} on stream ${key.stream}.`,
    trailers('maximum-subscribers-reached', key),
  );

export const dropped = (key: GroupKey): StatusError =>
  new StatusError(
    status.CANCELLED,
    `Subscription group ${key.name} on stream ${key.stream} was dropped.`,
    trailers('persistent-subscription-dropped', key),
  );
