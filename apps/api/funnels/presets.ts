import type { EventStore } from '@funnel/event-store';
import { funnel, funnelStream, presetsIn } from '@funnel/sales';
import { v5 } from 'uuid';

const namespace = '0a1f6f0e-5f3b-4c7e-9a54-3f4b6f0c2d18';

/**
 * Defines the funnels that a company starts with. Safe to repeat, by several processes at once: one that is there is left
 * alone, whatever became of it. @throws {StoreUnavailable}
 */
export const definePresets = async (store: EventStore, currency: string): Promise<void> => {
  const now = Date.now();
  for (const definition of presetsIn(currency)) {
    await store.execute({
      decider: funnel,
      stream: funnelStream(definition.funnelId),
      command: { type: 'DefineFunnel', definition, at: now, now },
      context: {
        commandId: v5(`preset ${definition.funnelId}`, namespace),
        actor: { user: 'presets', role: 'system' },
        at: now,
        recordedAt: now,
      },
      expectedRevision: -1,
    });
  }
};
