import type { Money } from '@funnel/kernel';
import type { DealEvent } from '@funnel/sales';
import { type DealSoFar, type RowContext } from './deal-so-far.ts';
import { BadField } from './row-error.ts';

/** The steps that a row may tell, each recorded and noted in what is known of the deal. */

/** @throws {BadField} where nothing was told of the deal before */
export const demandAdded = ({ deal, saying, values }: RowContext): void => {
  if (deal.status !== 'absent') return;
  const because = { code: 'unknown-deal', details: { deal: deal.dealId } } as const;
  throw new BadField(values.columnOf('activity'), saying.said.activity ?? '', because);
};

export const add = ({ mapping, deal, saying: { said }, values, ownerId }: RowContext, stage: string): DealEvent => {
  const { dealId } = deal;
  const amount = values.amount({ ...said, amount: said.amount ?? mapping.defaults.amount });
  if (!amount) throw new BadField(values.columnOf('amount'), '', { code: 'missing-amount' });
  const title = said.title ?? dealId;
  const customer = { name: said.customer ?? title, region: said.region, industry: said.industry };
  const expectedClose = values.expectedClose(said);
  Object.assign(deal, { status: 'open', stage, amount, expectedClose, ownerId } satisfies Partial<DealSoFar>);
  const more = {
    funnelId: mapping.funnel.id,
    stage,
    ownerId,
    expectedClose: expectedClose ?? null,
    source: said.source,
  };
  return { type: 'ProspectAdded', data: { dealId, title, customer, amount, ...more } };
};

/** A move to a stage behind the present one is a step back, whatever the file calls it. */
export const moveTo = ({ mapping, deal }: RowContext, to: string, reason?: string): DealEvent => {
  const { dealId, stage: from } = deal;
  const order = mapping.funnel.stages.map(({ key }) => key);
  deal.stage = to;
  const type = order.indexOf(to) > order.indexOf(from) ? 'StageAdvanced' : 'StageRegressed';
  return { type, data: { dealId, from, to, ...(reason !== undefined && { reason }) } };
};

export const win = ({ deal }: RowContext): DealEvent => {
  deal.status = 'won';
  const { dealId, stage, amount } = deal;
  return { type: 'DealWon', data: { dealId, stage, amount: amount as Money } };
};

export const lose = ({ deal, saying: { said } }: RowContext, reason: string): DealEvent => {
  deal.status = 'lost';
  const { dealId, stage } = deal;
  return { type: 'DealLost', data: { dealId, stage, reason: said.reason ?? reason } };
};

export const reopen = ({ deal }: RowContext, reason: string): DealEvent => {
  deal.status = 'open';
  return { type: 'DealReopened', data: { dealId: deal.dealId, stage: deal.stage, reason } };
};
