import { useMemo } from 'react';
import { useFunnels, type Funnel } from '../frame/chosen-funnel.ts';

export type Stage = Funnel['stages'][number];

/** The newest version of a funnel; `undefined` until it is known. */
export const useFunnel = (id: string | undefined): Funnel | undefined =>
  useFunnels().funnels.find((funnel) => funnel.id === id);

/** What a stage is called; one that the funnel does not know is called by its key. */
export const useStageNames = (funnel: Funnel | undefined): ((key: string) => string) =>
  useMemo(() => {
    const names = new Map(funnel?.stages.map(({ key, label }) => [key, label]));
    return (key) => names.get(key) ?? key;
  }, [funnel]);
