import { QueryClient } from '@tanstack/react-query';
import { isPassing } from './problem.ts';

const askAgainMs = 4_000;

/** What is on the screen is kept fresh by the live stream, so that nothing is asked for again just because time passed. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => isPassing(error) && failures < 2,
      // What could not be answered for a while is asked again until it can.
      refetchInterval: ({ state: { error } }) => (error !== null && isPassing(error) ? askAgainMs : false),
    },
  },
});
