import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { send } from '../../api/client.ts';
import type { Answer, PathOf, Sent } from '../../api/routes.ts';
import { useChosenFunnel } from '../../frame/chosen-funnel.ts';

type Asking = Extract<PathOf<'POST'>, '/api/reforecasts/comparison' | '/api/calibrations' | '/api/simulations'>;
type BodyOf<P extends Asking> = Omit<NonNullable<Sent<'POST', P>['body']>, 'funnelId'>;

export type Comparison = Answer<'POST', '/api/reforecasts/comparison'>;
export type Calibration = Answer<'POST', '/api/calibrations'>;
export type Simulation = Answer<'POST', '/api/simulations'>;

/** Asks history. A question that is overtaken by the next one is broken off; until an answer comes the one before stays. */
export const useHistory = <P extends Asking>(path: P, body: BodyOf<P>) => {
  const { funnel } = useChosenFunnel();
  const sent = { ...body, funnelId: funnel?.id };
  return useQuery<Answer<'POST', P>>({
    queryKey: [path, sent],
    enabled: funnel !== undefined,
    placeholderData: keepPreviousData,
    // Each position of a slider is a question of its own.
    gcTime: 30_000,
    queryFn: ({ signal }) => send(['POST', path], { body: sent } as Sent<'POST', P>, { signal }),
  });
};
