import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { get } from '../api/client.ts';
import type { ItemOf } from '../api/routes.ts';

/** One event of a deal. */
export type HistoryLine = ItemOf<'/api/deals/:id/history'>;

const path = '/api/deals/:id/history';

const readAll = async (id: string, signal: AbortSignal): Promise<readonly HistoryLine[]> => {
  const lines: HistoryLine[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await get(path, { params: { id }, query: { limit: 200, cursor } }, signal);
    lines.push(...page.items);
    if (page.next === null) return lines;
    cursor = page.next;
  }
};

/** Everything that ever happened to a deal, in the order it was recorded. A life of years has some hundred events. */
export const useHistory = (id: string): UseQueryResult<readonly HistoryLine[]> =>
  useQuery({ queryKey: [path, id, 'all'], queryFn: ({ signal }) => readAll(id, signal) });

/** Events in the order they happened; those of one instant as they were recorded. */
export const asItHappened = (history: readonly HistoryLine[]): HistoryLine[] =>
  history.toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt));
