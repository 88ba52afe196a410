import { concerns, projection, reduce, type Projection, type Recorded, type Stored } from '@funnel/kernel';
import type { AnyProjection } from '@funnel/read-store';

/** What the specs' deals go through: they open, move, and are lost. */
export type ToyEvent =
  | { readonly type: 'Opened'; readonly data: { readonly deal: string; readonly amount: number } }
  | { readonly type: 'Moved'; readonly data: { readonly deal: string; readonly stage: string } }
  | { readonly type: 'Lost'; readonly data: { readonly deal: string } };

export const opened = (deal: string, amount = 1): ToyEvent => ({ type: 'Opened', data: { deal, amount } });
export const moved = (deal: string, stage: string): ToyEvent => ({ type: 'Moved', data: { deal, stage } });
export const lost = (deal: string): ToyEvent => ({ type: 'Lost', data: { deal } });

export interface Standing {
  readonly stage: string;
  readonly amount: number;
  readonly moves: number;
}

/** One row per open deal. */
export const standing = projection<Standing, ToyEvent>({
  name: 'standing',
  version: 1,
  streams: ['deal-'],
  keyOf: ({ data }) => data.deal,
  on: {
    Opened: (_, { data }) => ({ stage: 'lead', amount: data.amount, moves: 0 }),
    Moved: (row, { data }) => row && { ...row, stage: data.stage, moves: row.moves + 1 },
    Lost: () => null,
  },
  indexes: [{ stage: 1, amount: -1 }],
});

/** One row per move: several rows out of one stream. */
export const moves = projection<{ readonly to: string }, ToyEvent>({
  name: 'moves',
  version: 1,
  streams: ['deal-'],
  keyOf: ({ data, revision }) => `${data.deal}/${revision}`,
  on: { Moved: (_, { data }) => ({ to: data.stage }) },
});

/** `standing`, but with reducers that refuse to move to a stage. */
export const refusing = (stage: () => string | undefined): Projection<Standing, ToyEvent> => ({
  ...standing,
  on: {
    ...standing.on,
    Moved: (row, event) => {
      if (event.data.stage === stage()) throw new Error(`no rule for ${stage()}`);
      return standing.on.Moved?.(row, event) ?? null;
    },
  },
});

/** The documents that a plain fold of these events gives, in order of id, as the store must hold them. */
export const foldedPlainly = (view: AnyProjection, events: readonly Stored[]): object[] => {
  const rows = new Map<string, { row: object | null; seen: object }>();
  for (const event of events as readonly Recorded[]) {
    if (!concerns(view, event)) continue;
    const key = view.keyOf(event);
    const before = rows.get(key)?.row ?? null;
    const row = reduce(view, before, event) as object | null;
    if (row === before) continue;
    rows.set(key, { row, seen: { revision: event.revision, place: Number(event.position.commit) } });
  }
  return [...rows]
    .map(([_id, { row, seen }]) => (row ? { _id, ...row, seen } : { _id, seen, gone: true }))
    .sort((one, other) => (one._id < other._id ? -1 : 1));
};
