import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { send, type SendOptions } from './client.ts';
import { connection } from './connection.ts';
import type { Answer, Method, PathOf, Sent } from './routes.ts';

type Told<M extends Method, P extends PathOf<M>> = Sent<M, P> & SendOptions;

/**
 * A command: `useCommand(['POST', '/api/deals/:id/advance'])`, then `mutate({ params: { id }, body: { to } })`. What is on
 * the screen follows by the live stream. It is asked for anew here as well, for where that stream is broken off; what is long
 * is not, as long as the stream goes on.
 */
export const useCommand = <M extends Exclude<Method, 'GET'>, P extends PathOf<M>>(
  route: readonly [M, P],
): UseMutationResult<Answer<M, P>, Error, Told<M, P>> => {
  const client = useQueryClient();
  return useMutation<Answer<M, P>, Error, Told<M, P>>({
    mutationFn: (told) => send<M, P>(route, told, told),
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ meta }) => !meta?.catchUp || connection.now() !== 'live' }),
  });
};
