import { useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import { keyOf } from './use-read.ts';

const askEveryMs = 300;

/** Follows an import, of a file or of the demonstration, to its end. */
export const useJob = (id: string | undefined) => {
  const sent = { params: { id: id ?? '' } };
  return useQuery({
    queryKey: keyOf('/api/imports/:id', sent),
    queryFn: ({ signal }) => get('/api/imports/:id', sent, signal),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? askEveryMs : false),
  });
};
