import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useRead } from '../api/use-read.ts';
import type { ItemOf } from '../api/routes.ts';
import { useFieldName } from '../language/use-field-name.ts';

export type Funnel = ItemOf<'/api/funnels'>;

/** Every funnel, named for who reads it. */
export const useFunnels = () => {
  const nameOf = useFieldName();
  const { data, isLoadingError, error } = useRead('/api/funnels', {});
  const funnels = useMemo(() => (data?.items ?? []).map((funnel) => named(funnel, nameOf)), [data, nameOf]);
  return { funnels, isLoadingError, error };
};

const named = (funnel: Funnel, nameOf: (label: string) => string): Funnel => ({
  ...funnel,
  label: nameOf(funnel.label),
  stages: funnel.stages.map((stage) => ({
    ...stage,
    label: nameOf(stage.label),
    exitCriteria: stage.exitCriteria.map((criterion) => ({ ...criterion, label: nameOf(criterion.label) })),
  })),
});

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
  const { funnels, isLoadingError, error } = useFunnels();
  const wanted = asked ?? localStorage.getItem('funnel-chosen') ?? undefined;
  const newest = funnels.toSorted((one, other) => other.inForceSince.localeCompare(one.inForceSince))[0];
  const funnel = funnels.find(({ id }) => id === wanted) ?? newest;
  const choose = (id: string) => {
    localStorage.setItem('funnel-chosen', id);
    void navigate({ to: '.', search: (now) => ({ ...now, funnel: id }) });
  };
  // No room can show anything without; the frame says why, and offers to try again.
  if (isLoadingError) throw error;
  return { funnel, funnels, choose };
};
