import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { get } from '../../api/client.ts';
import type { Answer, ItemOf } from '../../api/routes.ts';

const path = '/api/aging';

/** An open deal, how long it has stood in its stage, and what it weighs. */
export type OpenDeal = ItemOf<typeof path>;
export type AgingState = OpenDeal['state'];
type Page = Answer<'GET', typeof path>;

export interface Wanted {
  readonly funnel: string;
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  readonly asOf?: string;
}
export interface OpenDeals {
  /** Those that have been read so far; `undefined` before the first. */
  readonly deals: readonly OpenDeal[] | undefined;
  /** How many there are. */
  readonly count: number;
  readonly isComplete: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** The first page is there at once, the others follow in the background. */
const firstPage = 200;
const furtherPages = 2_000;

/** All open deals of a funnel, the furthest over its limit first. */
export const useOpenDeals = (wanted: Wanted | undefined): OpenDeals => {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [path, 'all', wanted],
    enabled: wanted !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }): Promise<Page> =>
      get(path, { query: { ...wanted, cursor, limit: cursor === undefined ? firstPage : furtherPages } }, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
    // Thousands of rows are not compared field by field with those before, which would hold up the page.
    structuralSharing: false,
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const deals = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  const count = data?.pages[0]?.totals.count ?? 0;
  return { deals, count, isComplete: data !== undefined && !hasNextPage, error, refetch };
};
