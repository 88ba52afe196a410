import type { DealEvent } from '@funnel/sales';
import { isClosed, newOwner, newTerms, type IgnoredBecause, type RowContext } from './deal-so-far.ts';
import { recorded } from './recorded.ts';
import type { EventRule } from './rules.ts';
import { add, demandAdded, lose, moveTo, reopen, win } from './steps.ts';

type Told = DealEvent | IgnoredBecause;
type Rule<Name extends EventRule['event']> = Extract<EventRule, { event: Name }>;

const moved = (context: RowContext, rule: Rule<'StageAdvanced' | 'StageRegressed'>): Told => {
  const { deal } = context;
  const { to } = rule;
  if ('first' in rule && rule.first && deal.entered.has(to)) return 'repeated';
  if (isClosed(deal)) return 'closed';
  if (deal.stage === to) return 'already-there';
  deal.entered.add(to);
  return moveTo(context, to, 'reason' in rule ? rule.reason : undefined);
};

const closed = (context: RowContext, rule: Rule<'DealWon' | 'DealLost'>): Told => {
  if (isClosed(context.deal)) return 'closed';
  return rule.event === 'DealLost' ? lose(context, rule.reason) : win(context);
};

/** The event that a rule makes of a row, or why it makes none. */
const applyRule = (context: RowContext, rule: Exclude<EventRule, Rule<'Recorded'>>): Told => {
  const { deal, saying } = context;
  const { dealId } = deal;
  const { activity = rule.event, note = activity } = saying.said;
  if (rule.event === 'ProspectAdded') return deal.status === 'absent' ? add(context, rule.stage) : 'repeated';
  demandAdded(context);
  switch (rule.event) {
    case 'StageAdvanced':
    case 'StageRegressed':
      return moved(context, rule);
    case 'OwnerReassigned':
      return 'already-there';
    case 'NextStepSet':
      return { type: 'NextStepSet', data: { dealId, step: { action: rule.action ?? note, dueAt: null } } };
    case 'NextStepCompleted':
      return { type: 'NextStepCompleted', data: { dealId } };
    case 'ContactLogged':
      return { type: 'ContactLogged', data: { dealId, kind: rule.kind, note: rule.note ?? note } };
    case 'DealWon':
    case 'DealLost':
      return closed(context, rule);
    case 'DealReopened':
      return isClosed(deal) ? reopen(context, saying.said.reason ?? rule.reason) : 'open';
  }
};

const tell = (context: RowContext, rule: EventRule): Told =>
  rule.event === 'Recorded' ? recorded(context) : applyRule(context, rule);

/** What a row tells that says what happened: new terms and a new owner first, then the event of its rule. */
export const tellEvent = (context: RowContext, rule: EventRule | undefined): DealEvent[] | IgnoredBecause => {
  const changes = [...newTerms(context), ...newOwner(context, rule?.event === 'OwnerReassigned')];
  const told = rule ? tell(context, rule) : 'unmapped';
  if (typeof told !== 'string') return [...changes, told];
  return changes.length > 0 ? changes : told;
};
