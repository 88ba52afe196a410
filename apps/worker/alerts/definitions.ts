import { dueAt, type FunnelDefinition, type Stage } from '@funnel/sales';
import { funnels, versionAt, type AgingRow } from '@funnel/sales-views';
import type { Watching } from './context.ts';

/** Every funnel as it is in force now, by id. */
export type Definitions = ReadonlyMap<string, FunnelDefinition>;

export interface LimitedStage {
  readonly funnelId: string;
  readonly stage: Stage;
}

export const definitionsInForce = async ({ views, now }: Watching): Promise<Definitions> => {
  const definitions = new Map<string, FunnelDefinition>();
  for await (const funnel of views.view(funnels).all()) {
    definitions.set(funnel.funnelId, versionAt(funnel, now()).definition);
  }
  return definitions;
};

/** The stages in which a deal may not stay for ever. */
export const limitedStages = (definitions: Definitions): LimitedStage[] =>
  [...definitions].flatMap(([funnelId, { stages }]) =>
    stages.filter(({ maxDwellDays }) => maxDwellDays !== null).map((stage) => ({ funnelId, stage })),
  );

/** Whether an open deal has stood where it stands for longer than its stage allows. */
export const isOverdue = (row: AgingRow, definitions: Definitions, { now, timeZone }: Watching): boolean => {
  const stage = definitions.get(row.funnelId)?.stages.find(({ key }) => key === row.stage);
  const due = stage && dueAt(row.since, stage, timeZone);
  return row.open && due !== undefined && due <= now();
};
