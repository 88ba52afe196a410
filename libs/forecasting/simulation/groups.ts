import { teamAmong } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import type { DealsSeen } from './observed.ts';

/** By what the figures of a simulation are grouped, as it is at its instant. */
export const simulationGroupings = ['total', 'owner', 'team'] as const;
export type SimulationGrouping = (typeof simulationGroupings)[number];

/** Which owner belongs to which group. */
export interface SimulationGroups {
  /** In order; nobody and no team come last. */
  readonly names: readonly (string | null)[];
  /** By owner code. */
  readonly ofOwner: Uint32Array;
}

const nameOf = (history: KnownHistory, by: SimulationGrouping, asOf: number) => (owner: string | null) => {
  if (by === 'total') return 'total';
  return by === 'owner' || owner === null ? owner : teamAmong(history.memberships(owner), asOf);
};

const inOrder = (one: string | null, other: string | null): number => {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  return one < other ? -1 : Number(one > other);
};

/** The groups of those who own any of the given deals. */
export const groupsOf = (
  history: KnownHistory,
  { by, asOf }: { readonly by: SimulationGrouping; readonly asOf: number },
  deals: readonly Pick<DealsSeen, 'owners'>[],
): SimulationGroups => {
  const owning = new Set(deals.flatMap(({ owners }) => [...owners]));
  const nameOfOwner = nameOf(history, by, asOf);
  const found = history.owners.texts.map((owner, code) => (owning.has(code) ? nameOfOwner(owner) : undefined));
  const present = new Set(found.filter((name) => name !== undefined));
  if (by === 'total') present.add('total');
  const names = [...present].sort(inOrder);
  return { names, ofOwner: Uint32Array.from(found, (name) => (name === undefined ? 0 : names.indexOf(name))) };
};
