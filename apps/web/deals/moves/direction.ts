import type { Funnel } from '../../frame/chosen-funnel.ts';

export type Direction = 'advance' | 'regress';

const placeIn = (funnel: Pick<Funnel, 'stages'>, stage: string): number =>
  funnel.stages.findIndex(({ key }) => key === stage);

/** Whether a move goes towards the win or back; `undefined` where it goes nowhere. */
export const directionOf = (
  funnel: Pick<Funnel, 'stages'>,
  { from, to }: { readonly from: string; readonly to: string },
): Direction | undefined => {
  if (from === to) return undefined;
  return placeIn(funnel, to) > placeIn(funnel, from) ? 'advance' : 'regress';
};

/** The stage after this one; `undefined` after the last. */
export const stageAfter = (funnel: Pick<Funnel, 'stages'>, stage: string): string | undefined =>
  funnel.stages[placeIn(funnel, stage) + 1]?.key;
