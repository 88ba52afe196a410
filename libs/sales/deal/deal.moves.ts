import { accept, reject, type Money } from '@funnel/kernel';
import { amountRefused } from '../amount.ts';
import type { FunnelDefinition } from '../funnel/funnel.events.ts';
import type {
  AdvanceStage,
  LoseDeal,
  MeetCriterion,
  RegressStage,
  ReopenDeal,
  WinDeal,
  WithdrawCriterion,
} from './deal.commands.ts';
import { notOpen, overruled, stageOf, stageUnknown, type DealDecision } from './deal.rules.ts';
import type { KnownDeal, OpenDeal } from './deal.state.ts';

const indexIn = (funnel: FunnelDefinition, key: string) => funnel.stages.findIndex((stage) => stage.key === key);

const unmetCriteria = (funnel: FunnelDefinition, { stage, criteria }: OpenDeal): string[] =>
  (stageOf(funnel, stage)?.exitCriteria ?? []).map(({ key }) => key).filter((key) => !criteria.includes(key));

/** Towards the win, to the next stage or over several. The criteria of the stage that is left must be met. */
export const advanceStage = (command: AdvanceStage, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  const { dealId, to, reason, funnel, override, actor } = command;
  const from = deal.stage;
  if (to === from) return accept();
  if (!stageOf(funnel, to)) return reject(stageUnknown(funnel, to));
  if (indexIn(funnel, to) < indexIn(funnel, from)) return reject({ code: 'stage-not-ahead', from, to });
  const data = { dealId, from, to, reason };
  const unmet = unmetCriteria(funnel, deal);
  if (unmet.length === 0) return accept({ type: 'StageAdvanced', data });
  switch (overruled(override, actor)) {
    case 'no':
      return reject({ code: 'criteria-unmet', unmet });
    case 'not-permitted':
      return reject({ code: 'override-not-permitted' });
    case 'yes':
      return accept({ type: 'StageAdvanced', data: { ...data, override } });
  }
};

export const regressStage = ({ dealId, to, reason, funnel }: RegressStage, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  const from = deal.stage;
  if (to === from) return accept();
  if (!stageOf(funnel, to)) return reject(stageUnknown(funnel, to));
  if (indexIn(funnel, to) > indexIn(funnel, from)) return reject({ code: 'stage-not-behind', from, to });
  return accept({ type: 'StageRegressed', data: { dealId, from, to, reason } });
};

const hasCriterion = (funnel: FunnelDefinition, criterion: string) =>
  funnel.stages.some((stage) => stage.exitCriteria.some(({ key }) => key === criterion));

/** Any criterion of the funnel may be met early; it stays met over stages until it is withdrawn. */
export const meetCriterion = ({ dealId, criterion, funnel }: MeetCriterion, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  if (!hasCriterion(funnel, criterion)) return reject({ code: 'criterion-unknown', criterion });
  return deal.criteria.includes(criterion) ? accept() : accept({ type: 'CriterionMet', data: { dealId, criterion } });
};

export const withdrawCriterion = ({ dealId, criterion, funnel }: WithdrawCriterion, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  if (!hasCriterion(funnel, criterion)) return reject({ code: 'criterion-unknown', criterion });
  return deal.criteria.includes(criterion)
    ? accept({ type: 'CriterionWithdrawn', data: { dealId, criterion } })
    : accept();
};

const sold = (command: WinDeal, deal: OpenDeal): { amount: Money; conversion?: WinDeal['conversion'] } =>
  command.amount ? { amount: command.amount, conversion: command.conversion } : { amount: deal.amount };

export const winDeal = (command: WinDeal, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  const value = sold(command, deal);
  const refused = amountRefused(value.amount, deal.amount.currency);
  if (refused) return reject(refused);
  return accept({ type: 'DealWon', data: { dealId: command.dealId, stage: deal.stage, ...value } });
};

export const loseDeal = ({ dealId, reason, competitor }: LoseDeal, deal: KnownDeal): DealDecision => {
  if (deal.status !== 'open') return notOpen(deal);
  return accept({ type: 'DealLost', data: { dealId, stage: deal.stage, reason, competitor } });
};

/** Back to the stage it stood in, as a new visit. */
export const reopenDeal = ({ dealId, reason }: ReopenDeal, deal: KnownDeal): DealDecision => {
  if (deal.status === 'open') return reject({ code: 'deal-not-closed' });
  return accept({ type: 'DealReopened', data: { dealId, stage: deal.stage, reason } });
};
