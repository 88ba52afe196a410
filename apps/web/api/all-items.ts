import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';

type Pages<Item> = InfiniteData<{ readonly items: readonly Item[] }, unknown>;

/** Every item of a list that is shown page by page: reads what was not asked for yet. @throws {ApiProblem} */
export const allItems = async <Item>(shown: UseInfiniteQueryResult<Pages<Item>>): Promise<Item[]> => {
  let read = shown;
  while (read.hasNextPage) read = await shown.fetchNextPage({ throwOnError: true });
  return read.data?.pages.flatMap(({ items }) => items) ?? [];
};
