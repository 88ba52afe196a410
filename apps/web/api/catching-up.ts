import type { Query, QueryClient } from '@tanstack/react-query';
import { isConcerned } from './concerns.ts';

/** Brings a long answer up to date by reading no more of it than what these deals now say. */
export type CatchUp = (dealIds: readonly string[]) => Promise<unknown>;

declare module '@tanstack/react-query' {
  interface Register {
    /** A query with `catchUp` is not asked anew as a whole where it is enough to read the deals that changed. */
    queryMeta: { readonly catchUp?: CatchUp };
  }
}

/** The product names no more streams of a kind at once: where it names as many, others may have changed too. */
const namedOfAKind = 100;
const ofDeal = 'deal-';

/** The deals that changed; nothing where other things changed too, or too many. */
const dealsAmong = (streams: readonly string[]): readonly string[] | undefined =>
  streams.length < namedOfAKind && streams.every((stream) => stream.startsWith(ofDeal))
    ? streams.map((stream) => stream.slice(ofDeal.length))
    : undefined;

const refresh = async (client: QueryClient, query: Query, streams: readonly string[]): Promise<void> => {
  const askAnew = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  const concerning = streams.filter((stream) => isConcerned(String(query.queryKey[0]), stream));
  if (concerning.length === 0) return;
  const dealIds = dealsAmong(concerning);
  const catchUp = query.isActive() ? query.meta?.catchUp : undefined;
  if (dealIds && catchUp) await catchUp(dealIds).catch(askAnew);
  else await askAnew();
};

/** Brings everything up to date that these streams concern. */
export const refreshAll = async (client: QueryClient, streams: readonly string[]): Promise<void> => {
  await Promise.all(
    client
      .getQueryCache()
      .getAll()
      .map((query) => refresh(client, query, streams)),
  );
};
