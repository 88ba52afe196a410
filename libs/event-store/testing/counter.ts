import { accept, type Decider, event, type EventOf, reject } from '@funnel/kernel';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { CommandContext, Fact } from '../index.ts';

export const counterEvents = {
  Counted: event(z.object({ by: z.int(), note: z.string().optional() })),
} as const;
type Counted = EventOf<typeof counterEvents>;

export interface Count {
  /** How much, `times` events of it; nothing at all when 0 times. */
  readonly by: number;
  readonly times?: number;
  readonly note?: string;
}

/** Counts up to 1,000. */
export const counter: Decider<number, Count, Counted, 'too-much'> = {
  initial: 0,
  evolve: (total, { data }) => total + data.by,
  decide: ({ by, times = 1, note }, total) =>
    total + by * times > 1_000
      ? reject('too-much')
      : accept(...Array.from({ length: times }, () => ({ type: 'Counted' as const, data: { by, note } }))),
};

const at = Date.parse('2026-07-01T08:00:00Z');
const actor = { user: 'anna', role: 'rep' } as const;

export const context = (commandId: string = randomUUID(), fingerprint?: string): CommandContext => ({
  commandId,
  actor,
  at,
  recordedAt: at + 1,
  fingerprint,
});

export const fact = (by: number, id: string = randomUUID(), note?: string): Fact => ({
  id,
  type: 'Counted',
  data: { by, note },
  at: at - by,
  recordedAt: at,
  actor,
  commandId: 'import-1',
  correlationId: 'import-1',
  causationId: 'import-1',
});

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};
