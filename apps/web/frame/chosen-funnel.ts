import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRead } from '../api/use-read.ts';
import type { ItemOf } from '../api/routes.ts';

export type Funnel = ItemOf<'/api/funnels'>;

export interface ChosenFunnel {
  /** `undefined` until the funnels are known. */
  readonly funnel: Funnel | undefined;
  readonly funnels: readonly Funnel[];
  readonly choose: (id: string) => void;
}

/** The funnel that is looked at: that of the address, else the one used last, else the one that was defined last. */
export const useChosenFunnel = (): ChosenFunnel => {
  const { funnel: asked } = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const reading = useRead('/api/funnels', {});
  const funnels = reading.data?.items ?? [];
  const wanted = asked ?? localStorage.getItem('funnel-chosen') ?? undefined;
  const newest = funnels.toSorted((one, other) => other.inForceSince.localeCompare(one.inForceSince))[0];
  const funnel = funnels.find(({ id }) => id === wanted) ?? newest;
  const choose = (id: string) => {
    localStorage.setItem('funnel-chosen', id);
    void navigate({ to: '.', search: (now) => ({ ...now, funnel: id }) });
  };
  // No room can show anything without; the frame says why, and offers to try again.
  if (reading.isLoadingError) throw reading.error;
  return { funnel, funnels, choose };
};
