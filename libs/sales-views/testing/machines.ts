import { funnelDefinition, type FunnelDefinition } from '@funnel/sales';
import type { FunnelRow } from '../funnel/funnel-row.ts';

type Said = Partial<Omit<FunnelDefinition, 'stages'>> & { readonly limits?: Readonly<Record<string, number>> };

/** lead (.1) → contact (.2) → need (.5) → closing (.9) */
export const machinesDefinition = ({ limits = {}, ...said }: Said = {}): FunnelDefinition =>
  funnelDefinition.parse({
    funnelId: 'machines',
    label: 'Machines',
    currency: 'CNY',
    ...said,
    stages: [
      { key: 'lead', label: 'Lead', weight: 0.1, part: 'top', conversionTarget: 0.4 },
      { key: 'contact', label: 'Contact', weight: 0.2, part: 'top' },
      { key: 'need', label: 'Need', weight: 0.5, part: 'middle' },
      { key: 'closing', label: 'Closing', weight: 0.9, part: 'bottom' },
    ].map((stage) => ({ ...stage, maxDwellDays: limits[stage.key] ?? null })),
  });

export const machines = (said: Said = {}): FunnelRow => {
  const definition = machinesDefinition(said);
  return {
    funnelId: definition.funnelId,
    versions: [{ at: 0, recordedAt: 0, revision: 0, reason: null, definition }],
  };
};
