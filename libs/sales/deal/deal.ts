import { formatInstant, reject, type Decider } from '@funnel/kernel';
import { occurredBefore, occurredInFuture } from '../dating.ts';
import type { DealCommand, DealRejection } from './deal.commands.ts';
import type { DealEvent } from './deal.events.ts';
import { evolve, facetsOf, facetsOfOpenDeals, happensToOpenDeals } from './deal.evolve.ts';
import * as move from './deal.moves.ts';
import * as rule from './deal.rules.ts';
import type { DealDecision } from './deal.rules.ts';
import type { Deal, Facet, KnownDeal } from './deal.state.ts';

const judge = (command: DealCommand, deal: KnownDeal): DealDecision => {
  switch (command.type) {
    case 'AddProspect':
      return reject({ code: 'deal-exists' });
    case 'ValueDeal':
      return rule.valueDeal(command, deal);
    case 'AdvanceStage':
      return move.advanceStage(command, deal);
    case 'RegressStage':
      return move.regressStage(command, deal);
    case 'MeetCriterion':
      return move.meetCriterion(command, deal);
    case 'WithdrawCriterion':
      return move.withdrawCriterion(command, deal);
    case 'SetNextStep':
      return rule.setNextStep(command, deal);
    case 'CompleteNextStep':
      return rule.completeNextStep(command, deal);
    case 'ReassignOwner':
      return rule.reassignOwner(command, deal);
    case 'LogContact':
      return rule.logContact(command, deal);
    case 'OverrideWeight':
      return rule.overrideWeight(command, deal);
    case 'ClearWeightOverride':
      return rule.clearWeightOverride(command, deal);
    case 'WinDeal':
      return move.winDeal(command, deal);
    case 'LoseDeal':
      return move.loseDeal(command, deal);
    case 'ReopenDeal':
      return move.reopenDeal(command, deal);
  }
};

const occurredWhileClosed = ({ at }: DealCommand, { closures }: KnownDeal): DealRejection | undefined => {
  const closure = closures.find(({ from, until }) => from <= at && at < until);
  return (
    closure && { code: 'occurred-while-closed', from: formatInstant(closure.from), until: formatInstant(closure.until) }
  );
};

/** The kinds of change that an event may not come before. An end comes behind all that only an open deal takes. */
const orderOf = (event: DealEvent, { changed, criteriaChanged }: KnownDeal): [Facet | 'criterion', number][] => {
  const isEnd = event.type === 'DealWon' || event.type === 'DealLost';
  const facets = isEnd ? facetsOfOpenDeals : facetsOf[event.type];
  const latest = facets.map((facet): [Facet, number] => [facet, changed[facet]]);
  if (isEnd) return [...latest, ['criterion', Math.max(-Infinity, ...criteriaChanged.values())]];
  const isCriterion = event.type === 'CriterionMet' || event.type === 'CriterionWithdrawn';
  return isCriterion ? [['criterion', criteriaChanged.get(event.data.criterion) ?? -Infinity]] : latest;
};

const misdatedEvent = (command: DealCommand, deal: KnownDeal, event: DealEvent): DealRejection | undefined => {
  for (const [facet, latest] of orderOf(event, deal)) {
    const late = occurredBefore(command, facet, latest);
    if (late) return late;
  }
  return happensToOpenDeals.has(event.type) ? occurredWhileClosed(command, deal) : undefined;
};

const misdated = (command: DealCommand, deal: KnownDeal, events: readonly DealEvent[]): DealRejection | undefined => {
  if (command.at < deal.addedAt) return { code: 'occurred-before-added', addedAt: formatInstant(deal.addedAt) };
  for (const event of events) {
    const refused = misdatedEvent(command, deal, event);
    if (refused) return refused;
  }
  return undefined;
};

const decide = (command: DealCommand, deal: Deal): DealDecision => {
  const future = occurredInFuture(command);
  if (future) return reject(future);
  if (deal.status === 'absent') {
    return command.type === 'AddProspect' ? rule.addProspect(command) : reject({ code: 'deal-absent' });
  }
  const decision = judge(command, deal);
  if (!decision.accepted) return decision;
  const refused = misdated(command, deal, decision.events);
  return refused ? reject(refused) : decision;
};

/** One possible sale to one customer, from the first hope to won or lost and back. */
export const deal: Decider<Deal, DealCommand, DealEvent, DealRejection> = {
  initial: { status: 'absent' },
  evolve,
  decide,
};
