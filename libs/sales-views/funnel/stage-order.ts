import type { FunnelDefinition } from '@funnel/sales';

/** The order of a funnel's stages, for telling forwards from back. */
export interface StageOrder {
  /** Place in the funnel, from 0; −1 for a stage that it does not know: every known stage lies ahead of it. */
  rank(stage: string): number;
  /** The directly next stage, `won` after the last one; `undefined` for a stage that the funnel does not know. */
  next(stage: string): { readonly stage: string } | 'won' | undefined;
}

export const stageOrder = ({ stages }: FunnelDefinition): StageOrder => {
  const ranks = new Map(stages.map(({ key }, index) => [key, index]));
  return {
    rank: (stage) => ranks.get(stage) ?? -1,
    next: (stage) => {
      const rank = ranks.get(stage);
      if (rank === undefined) return undefined;
      const following = stages[rank + 1];
      return following ? { stage: following.key } : 'won';
    },
  };
};
