import {
  experimental_streamedQuery as streamedQuery,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { askAgain } from '../../api/ask-again.ts';
import { get } from '../../api/client.ts';
import type { Answer, ItemOf } from '../../api/routes.ts';
import { withChanged } from './changed.ts';

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
interface Loaded {
  readonly deals: readonly OpenDeal[];
  /** How many there are. */
  readonly count: number;
  readonly isComplete: boolean;
}
export interface OpenDeals extends Omit<Loaded, 'deals'> {
  /** Those that have been read so far; `undefined` before the first. */
  readonly deals: readonly OpenDeal[] | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** The first page is there at once, the others follow in the background. */
const firstPage = 200;
const furtherPages = 2_000;
/** Ages grow while nothing happens. */
const readAnewMs = 10 * 60_000;

const nothing: Loaded = { deals: [], count: 0, isComplete: false };

const pagesOf = async function* (wanted: Wanted, signal: AbortSignal): AsyncGenerator<Page> {
  for (let cursor: string | undefined; ;) {
    const limit = cursor === undefined ? firstPage : furtherPages;
    const page = await get(path, { query: { ...wanted, cursor, limit } }, signal);
    yield page;
    if (page.next === null) return;
    cursor = page.next;
  }
};

const withPage = ({ deals }: Loaded, { items, totals, next }: Page): Loaded => ({
  deals: [...deals, ...items],
  count: totals.count,
  isComplete: next === null,
});

interface Changed {
  readonly queryKey: readonly [typeof path, 'all', Wanted];
  readonly dealIds: readonly string[];
}

/** Reads some deals again. */
const catchUp = async (client: QueryClient, { queryKey, dealIds }: Changed): Promise<void> => {
  const [, , wanted] = queryKey;
  // What is still being read may have been read before the change.
  await client
    .getQueryCache()
    .find({ queryKey, exact: true })
    ?.promise?.catch(() => undefined);
  const { items } = await get(path, { query: { ...wanted, ids: dealIds.join(','), limit: dealIds.length } });
  client.setQueryData<Loaded>(queryKey, (before) => {
    if (!before?.isComplete) return before;
    const deals = withChanged(before.deals, dealIds, items);
    return { deals, count: deals.length, isComplete: true };
  });
};

/** All open deals of a funnel, the furthest over its limit first. */
export const useOpenDeals = (wanted: Wanted | undefined): OpenDeals => {
  const client = useQueryClient();
  const queryKey = [path, 'all', wanted ?? { funnel: '' }] as const;
  const { data, error, refetch } = useQuery({
    queryKey,
    enabled: wanted !== undefined,
    queryFn: streamedQuery({
      streamFn: ({ signal }) => pagesOf(queryKey[2], signal),
      reducer: withPage,
      initialValue: nothing,
      refetchMode: 'replace',
    }),
    refetchInterval: askAgain(readAnewMs),
    // Thousands of rows are not compared field by field with those before, which would hold up the page.
    structuralSharing: false,
    meta: { catchUp: (dealIds) => catchUp(client, { queryKey, dealIds }) },
  });
  return useMemo(() => ({ ...(data ?? nothing), deals: data?.deals, error, refetch }), [data, error, refetch]);
};
