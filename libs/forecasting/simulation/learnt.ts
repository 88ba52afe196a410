import type { FunnelDefinition } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import type { ExitCodes } from './observed.ts';
import type { LearntVisits } from './request.ts';
import type { SortedVisits } from './packed-visits.ts';
import { exitShares } from './sojourn.ts';

interface Learnt {
  readonly stages: readonly SortedVisits[];
  readonly exitCodes: ExitCodes;
}

/** What the model rests on, stage by stage in funnel order. */
export const learntVisits = (
  history: KnownHistory,
  definition: FunnelDefinition,
  { stages, exitCodes }: Learnt,
): LearntVisits[] => {
  const exitOf = (code: number) => {
    if (code === exitCodes.won) return { to: 'won', kind: 'won' } as const;
    if (code === exitCodes.lost) return { to: 'lost', kind: 'lost' } as const;
    return { to: history.stages.texts[code] ?? '', kind: 'stage' } as const;
  };
  return definition.stages.map(({ key }) => {
    const code = history.stages.find(key) ?? -1;
    const visits = stages[code] ?? { dwells: new Uint32Array(), exits: new Uint32Array() };
    const { exits } = visits;
    const ended = exits.reduce((count, exit) => count + Number(exit !== exitCodes.none), 0);
    const shares = [...exitShares(visits, exitCodes.none)].sort(([one, a], [other, b]) => b - a || one - other);
    return {
      ...{ stage: key, visits: exits.length, ended },
      exits: shares.map(([exit, share]) => ({ ...exitOf(exit), share })),
    };
  });
};
