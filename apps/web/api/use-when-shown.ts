import { useQuery } from '@tanstack/react-query';
import { get } from './client.ts';

/** Whether the views show everything up to a position by now; asks again until they do. */
export const useWhenShown = (position: string | undefined): boolean => {
  const { isSuccess } = useQuery({
    queryKey: ['shown', position],
    // The server waits for the view, but not for ever.
    queryFn: ({ signal }) => get('/api/deals', { query: { after: position, limit: 1 } }, signal),
    enabled: position !== undefined,
    retry: 20,
    retryDelay: 500,
  });
  return isSuccess;
};
