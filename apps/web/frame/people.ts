import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client.ts';
import type { ItemOf } from '../api/routes.ts';

export type Rep = ItemOf<'/api/reps'>;
export type Team = ItemOf<'/api/teams'>;

type Lists = '/api/reps' | '/api/teams';

/** Everybody: a company has some hundred people, which the API tells two hundred at a time. */
const readAll = async <P extends Lists>(path: P, signal: AbortSignal): Promise<ItemOf<P>[]> => {
  const all: ItemOf<P>[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await get<Lists>(path, { query: { limit: 200, cursor } }, signal);
    all.push(...(page.items as ItemOf<P>[]));
    if (page.next === null) return all;
    cursor = page.next;
  }
};

const useAll = <P extends Lists>(path: P): readonly ItemOf<P>[] =>
  useQuery({ queryKey: [path, 'all'], queryFn: ({ signal }) => readAll(path, signal) }).data ?? [];

export const useReps = (): readonly Rep[] => useAll('/api/reps');
export const useTeams = (): readonly Team[] => useAll('/api/teams');

/** The name of an owner; whoever is not known by name is shown by id. */
export const useOwnerNames = (): ((id: string | null) => string | null) => {
  const reps = useReps();
  return (id) => reps.find((rep) => rep.id === id)?.name ?? id;
};
