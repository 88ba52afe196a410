import type { Money } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import type { Mapping, MappingRule } from './mapping.ts';
import { BadField } from './row-error.ts';
import type { Row, RowReader } from './row-values.ts';

/** What the rows so far say about one deal; enough to say where the next event comes from. */
export interface DealSoFar {
  readonly dealId: string;
  status: 'absent' | 'open' | 'closed';
  stage: string;
  amount: Money | undefined;
  ownerId: string | null;
  lastAt: number;
  /** How often each row has been seen at the instant `lastAt`. */
  readonly rowsAtInstant: Map<string, number>;
  /** Stages entered by rules that count only once. */
  readonly entered: Set<string>;
}

export const unknownDeal = (dealId: string, at: number): DealSoFar => ({
  dealId,
  status: 'absent',
  stage: '',
  amount: undefined,
  ownerId: null,
  lastAt: at,
  rowsAtInstant: new Map(),
  entered: new Set(),
});

/** No rule matches; only the first such row counts; the deal stands there already; the deal is closed, or open. */
export type IgnoredBecause = 'unmapped' | 'repeated' | 'already-there' | 'closed' | 'open';

/** A row with its deal and the rule that holds for it. */
export interface RowContext {
  readonly mapping: Mapping;
  readonly deal: DealSoFar;
  readonly row: Row;
  readonly read: RowReader;
  readonly activity: string;
  readonly ownerId: string | null;
}
type Said = DealEvent | IgnoredBecause;
type Rule<Name extends MappingRule['event']> = Extract<MappingRule, { event: Name }>;

const added = ({ mapping, deal, row, read, ownerId }: RowContext, { stage }: Rule<'ProspectAdded'>): Said => {
  if (deal.status !== 'absent') return 'repeated';
  const { dealId } = deal;
  const amount = read.amount(row);
  if (!amount) throw new BadField(mapping.columns.amount ?? 'amount', '', 'is missing: a deal begins with an amount');
  const title = read.text(row, 'title') ?? dealId;
  const name = read.text(row, 'customer') ?? title;
  const customer = { name, region: read.text(row, 'region'), industry: read.text(row, 'industry') };
  const expectedClose = read.expectedClose(row);
  Object.assign(deal, { status: 'open', stage, amount, ownerId } satisfies Partial<DealSoFar>);
  const funnelId = mapping.funnel.id;
  return {
    type: 'ProspectAdded',
    data: { dealId, title, customer, amount, funnelId, stage, ownerId, expectedClose },
  };
};

/** A move to a stage behind the present one is a step back, whatever the rule calls it. */
const moved = ({ mapping, deal }: RowContext, rule: Rule<'StageAdvanced' | 'StageRegressed'>): Said => {
  const { to } = rule;
  if ('first' in rule && rule.first && deal.entered.has(to)) return 'repeated';
  if (deal.status === 'closed') return 'closed';
  if (deal.stage === to) return 'already-there';
  const from = deal.stage;
  const order = mapping.funnel.stages.map(({ key }) => key);
  const type = order.indexOf(to) > order.indexOf(from) ? 'StageAdvanced' : 'StageRegressed';
  deal.stage = to;
  deal.entered.add(to);
  return { type, data: { dealId: deal.dealId, from, to } };
};

const closed = ({ deal }: RowContext, rule: Rule<'DealWon' | 'DealLost'>): Said => {
  if (deal.status === 'closed') return 'closed';
  deal.status = 'closed';
  const { dealId, stage, amount } = deal;
  if (rule.event === 'DealLost') return { type: 'DealLost', data: { dealId, stage, reason: rule.reason } };
  return { type: 'DealWon', data: { dealId, stage, amount: amount as Money } };
};

const reopened = ({ deal }: RowContext, { reason }: Rule<'DealReopened'>): Said => {
  if (deal.status !== 'closed') return 'open';
  deal.status = 'open';
  return { type: 'DealReopened', data: { dealId: deal.dealId, stage: deal.stage, reason } };
};

/** The event that a rule makes of a row, or why it makes none. */
export const applyRule = (context: RowContext, rule: MappingRule): Said => {
  const { deal, activity } = context;
  const { dealId } = deal;
  if (rule.event === 'ProspectAdded') return added(context, rule);
  if (deal.status === 'absent') {
    const { activity: column } = context.mapping.columns;
    throw new BadField(column, activity, `comes before the row that adds deal ${dealId}`);
  }
  switch (rule.event) {
    case 'StageAdvanced':
    case 'StageRegressed':
      return moved(context, rule);
    case 'NextStepSet':
      return { type: 'NextStepSet', data: { dealId, step: { action: rule.action ?? activity, dueAt: null } } };
    case 'NextStepCompleted':
      return { type: 'NextStepCompleted', data: { dealId } };
    case 'ContactLogged':
      return { type: 'ContactLogged', data: { dealId, kind: rule.kind, note: rule.note ?? activity } };
    case 'DealWon':
    case 'DealLost':
      return closed(context, rule);
    case 'DealReopened':
      return reopened(context, rule);
  }
};

/** A change of owner that the row tells by naming somebody else than before. */
export const newOwner = ({ deal, ownerId }: RowContext): DealEvent[] => {
  if (deal.status === 'absent' || ownerId === null || deal.ownerId === ownerId) return [];
  const { dealId, ownerId: from } = deal;
  deal.ownerId = ownerId;
  return [{ type: 'OwnerReassigned', data: { dealId, from, to: ownerId, reason: 'as the imported log says' } }];
};

/** A changed amount that an open deal's row tells. */
export const newAmount = ({ deal, row, read }: RowContext): DealEvent[] => {
  const amount = deal.status === 'open' ? read.amount(row) : undefined;
  if (!amount || amount.minor === deal.amount?.minor) return [];
  deal.amount = amount;
  return [{ type: 'DealValued', data: { dealId: deal.dealId, amount } }];
};
