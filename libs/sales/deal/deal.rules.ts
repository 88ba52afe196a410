import { accept, reject, type Actor, type Decision } from '@funnel/kernel';
import { amountRefused } from '../amount.ts';
import type { FunnelDefinition } from '../funnel/funnel.events.ts';
import { saysTheSame } from '../same.ts';
import type {
  AddProspect,
  ClearWeightOverride,
  CompleteNextStep,
  DealRejection,
  LogContact,
  Override,
  OverrideWeight,
  ReassignOwner,
  SetNextStep,
  ValueDeal,
} from './deal.commands.ts';
import type { DealEvent } from './deal.events.ts';
import type { ClosedDeal, KnownDeal } from './deal.state.ts';

export type DealDecision = Decision<DealEvent, DealRejection>;

export const stageOf = (funnel: FunnelDefinition, key: string) => funnel.stages.find((stage) => stage.key === key);

/** Tells which stages there are, for who mistyped one. */
export const stageUnknown = (funnel: FunnelDefinition, stage: string) =>
  ({ code: 'stage-unknown', stage, stages: funnel.stages.map(({ key }) => key) }) as const;

export const notOpen = ({ status }: ClosedDeal): DealDecision => reject({ code: 'deal-not-open', status });

/** What lifts a rule: nothing, an override by somebody who may, or one by somebody who may not. */
export const overruled = (override: Override | undefined, { role }: Actor): 'no' | 'yes' | 'not-permitted' => {
  if (!override) return 'no';
  return role === 'manager' || role === 'admin' || role === 'system' ? 'yes' : 'not-permitted';
};

export const addProspect = (command: AddProspect): DealDecision => {
  const { dealId, title, customer, amount, conversion, funnel, ownerId, expectedClose, source } = command;
  const refused = amountRefused(amount, funnel.currency);
  if (refused) return reject(refused);
  const stage = command.stage ?? funnel.stages[0]?.key ?? '';
  if (!stageOf(funnel, stage)) return reject(stageUnknown(funnel, stage));
  const { funnelId } = funnel;
  const data = { dealId, title, customer, amount, conversion, funnelId, stage, ownerId, expectedClose, source };
  return accept({ type: 'ProspectAdded', data });
};

/** Only what changes is recorded. */
export const valueDeal = (command: ValueDeal, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  const refused = command.amount && amountRefused(command.amount, deal.amount.currency);
  if (refused) return reject(refused);
  const revalued = command.amount !== undefined && command.amount.minor !== deal.amount.minor;
  const rescheduled = command.expectedClose !== undefined && command.expectedClose !== deal.expectedClose;
  if (!revalued && !rescheduled) return accept();
  const { dealId, amount, conversion, expectedClose } = command;
  const data = { ...(revalued && { amount, conversion }), ...(rescheduled && { expectedClose }) };
  return accept({ type: 'DealValued', data: { dealId, ...data } });
};

export const reassignOwner = (command: ReassignOwner, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  const { dealId, to, reason, funnel, override, actor } = command;
  if (to === deal.ownerId) return accept();
  const data = { dealId, from: deal.ownerId, to, reason };
  if (!stageOf(funnel, deal.stage)?.ownerLocked) return accept({ type: 'OwnerReassigned', data });
  switch (overruled(override, actor)) {
    case 'no':
      return reject({ code: 'owner-locked', stage: deal.stage });
    case 'not-permitted':
      return reject({ code: 'override-not-permitted' });
    case 'yes':
      return accept({ type: 'OwnerReassigned', data: { ...data, override } });
  }
};

export const overrideWeight = ({ dealId, weight, reason }: OverrideWeight, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  if (saysTheSame(deal.weightOverride, { weight, reason })) return accept();
  return accept({ type: 'WeightOverridden', data: { dealId, weight, reason } });
};

export const clearWeightOverride = ({ dealId }: ClearWeightOverride, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  return deal.weightOverride ? accept({ type: 'WeightOverrideCleared', data: { dealId } }) : accept();
};

/** A new next step takes the place of the open one. */
export const setNextStep = ({ dealId, step, at }: SetNextStep, deal: KnownDeal): DealDecision => {
  if (saysTheSame(deal.nextStep, step)) return accept();
  if (step.dueAt !== null && Date.parse(step.dueAt) < at) {
    return reject({ code: 'next-step-due-in-past', dueAt: step.dueAt });
  }
  return accept({ type: 'NextStepSet', data: { dealId, step } });
};

export const completeNextStep = ({ dealId, outcome }: CompleteNextStep, deal: KnownDeal): DealDecision => {
  if (!deal.nextStep) return reject({ code: 'no-open-next-step' });
  return accept({ type: 'NextStepCompleted', data: { dealId, outcome } });
};

/** The same contact told again — same instant, same words — is still one contact. */
export const logContact = ({ dealId, at, kind, note, people }: LogContact, deal: KnownDeal): DealDecision => {
  if (saysTheSame(deal.contact, { at, kind, note, people })) return accept();
  return accept({ type: 'ContactLogged', data: { dealId, kind, note, people } });
};
