import { QueryClient } from '@tanstack/react-query';
import { askAgain } from './ask-again.ts';
import { isPassing } from './problem.ts';

/** What is on the screen is kept fresh by the live stream, so that nothing is asked for again just because time passed. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => isPassing(error) && failures < 2,
      // What could not be answered for a while is asked again until it can.
      refetchInterval: askAgain(),
    },
  },
});
