import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { get } from './client.ts';
import type { Answer, PathOf, Sent } from './routes.ts';

interface ReadOptions {
  /** `false` waits, for instance until something is chosen. */
  readonly enabled?: boolean;
  readonly staleTime?: number;
}

/** The key under which an answer is kept: the live stream finds it by its path. */
export const keyOf = <P extends PathOf<'GET'>>(path: P, sent: Sent<'GET', P>) => [path, sent] as const;

/**
 * An answer of the product, kept fresh: `useRead('/api/funnels/:id/report', { params: { id }, query: { asOf } })`. While
 * another question is being answered the answer before stays (`isPlaceholderData`).
 */
export const useRead = <P extends PathOf<'GET'>>(
  path: P,
  sent: Sent<'GET', P>,
  options: ReadOptions = {},
): UseQueryResult<Answer<'GET', P>, Error> =>
  useQuery<Answer<'GET', P>, Error>({
    queryKey: keyOf(path, sent),
    queryFn: ({ signal }) => get(path, sent, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
