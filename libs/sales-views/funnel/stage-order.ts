import type { FunnelDefinition } from '@funnel/sales';

/** The order of a funnel's stages, for telling forwards from back. */
export interface StageOrder {
  /** Place in the funnel, from 0; −1 for a stage that it does not know: every known stage lies ahead of it. */
  rank(stage: string): number;
  /** The directly next stage, `won` after the last one; `undefined` for a stage that the funnel does not know. */
  next(stage: string): { readonly stage: string } | 'won' | undefined;
}

export const stageOrder = ({ stages }: FunnelDefinition): StageOrder => {
  const places = new Map(
    stages.map(({ key }, rank) => {
      const following = stages[rank + 1];
      return [key, { rank, next: following ? { stage: following.key } : ('won' as const) }];
    }),
  );
  return {
    rank: (stage) => places.get(stage)?.rank ?? -1,
    next: (stage) => places.get(stage)?.next,
  };
};
