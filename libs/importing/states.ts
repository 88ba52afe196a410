import type { DealEvent } from '@funnel/sales';
import { isClosed, newOwner, newTerms, type IgnoredBecause, type RowContext } from './deal-so-far.ts';
import type { StateRule } from './rules.ts';
import { add, lose, moveTo, reopen, win } from './steps.ts';

const added = (context: RowContext, rule: StateRule): DealEvent[] => {
  if (context.deal.status !== 'absent') return [];
  const { stages } = context.mapping.funnel;
  return [add(context, (rule.is === 'open' ? rule.stage : undefined) ?? stages[0]?.key ?? '')];
};

/** A deal that was won for another amount than is said now: the ledger corrects it by closing it once more. */
const isWonForOther = ({ deal, saying, values }: RowContext): boolean => {
  const amount = deal.status === 'won' ? values.amount(saying.said) : undefined;
  return amount !== undefined && amount.minor !== deal.amount?.minor;
};

const reopened = (context: RowContext, rule: StateRule): DealEvent[] => {
  const { deal } = context;
  if (rule.is === 'added' || !isClosed(deal)) return [];
  if (deal.status !== rule.is) return [reopen(context, `${deal.status} before, ${rule.is} since`)];
  return isWonForOther(context) ? [reopen(context, 'the amount was corrected')] : [];
};

/** A probability that is not the stage's own was somebody's judgement. */
const weighed = ({ mapping, deal, saying, values }: RowContext): DealEvent[] => {
  const said = values.probability(saying.said);
  if (said === undefined) return [];
  const { dealId } = deal;
  const ofStage = mapping.funnel.stages.find(({ key }) => key === deal.stage)?.weight;
  const weight = said === ofStage ? undefined : said;
  if (weight === deal.weight) return [];
  deal.weight = weight;
  if (weight === undefined) return [{ type: 'WeightOverrideCleared', data: { dealId } }];
  return [{ type: 'WeightOverridden', data: { dealId, weight, reason: 'the probability that was imported' } }];
};

const settled = (context: RowContext, rule: StateRule): DealEvent[] => {
  if (rule.is === 'added' || context.deal.status !== 'open') return [];
  if (rule.is === 'won') return [win(context)];
  if (rule.is === 'lost') return [lose(context, rule.reason)];
  const { stage } = rule;
  const moves = stage !== context.deal.stage ? [moveTo(context, stage)] : [];
  return [...moves, ...weighed(context)];
};

/** Read before anything is noted, so that a row that cannot be taken leaves no trace. @throws {BadField} */
const demandReadable = ({ saying: { said }, values }: RowContext): void => {
  values.amount(said);
  values.expectedClose(said);
  values.probability(said);
};

/** What must have happened since the row before, so that the deal stands now as the row says. */
export const tellState = (context: RowContext, rule: StateRule): DealEvent[] | IgnoredBecause => {
  demandReadable(context);
  const events = [
    ...added(context, rule),
    ...reopened(context, rule),
    ...newTerms(context),
    ...newOwner(context),
    ...settled(context, rule),
  ];
  return events.length > 0 ? events : 'already-there';
};
