import { isCurrency, parseMinor } from '@funnel/kernel';
import { dealEvents, type DealEvent } from '@funnel/sales';
import { isClosed, type DealSoFar, type IgnoredBecause, type RowContext } from './deal-so-far.ts';
import { BadField } from './row-error.ts';
import { demandAdded } from './steps.ts';

interface PublicMoney {
  readonly value: string;
  readonly currency: string;
}
const isMoney = (value: object): value is PublicMoney =>
  'value' in value && typeof value.value === 'string' && 'currency' in value && isCurrency(`${value.currency}`);

/** JSON as the log holds it, of JSON as other systems see it: amounts in minor units. */
const asStored = (told: unknown): unknown => {
  if (typeof told !== 'object' || told === null) return told;
  if (Array.isArray(told)) return told.map(asStored);
  if (isMoney(told)) return { minor: parseMinor(told.value, told.currency), currency: told.currency };
  return Object.fromEntries(Object.entries(told).map(([key, field]) => [key, asStored(field)]));
};

/** The deal is the one that the row names, and its funnel the one of the mapping. */
const parsed = ({ mapping, deal, saying: { said } }: RowContext): DealEvent | undefined => {
  const { activity: type = '', data = '' } = said;
  const known = Object.hasOwn(dealEvents, type) ? dealEvents[type as DealEvent['type']] : undefined;
  try {
    const told = asStored(JSON.parse(data)) as object;
    return (
      known &&
      ({ type, data: known.schema.parse({ ...told, dealId: deal.dealId, funnelId: mapping.funnel.id }) } as DealEvent)
    );
  } catch {
    return undefined;
  }
};

/** What of the deal stands otherwise after an event. */
const after = ({ type, data }: DealEvent): Partial<DealSoFar> => {
  switch (type) {
    case 'ProspectAdded':
      return { status: 'open', stage: data.stage, amount: data.amount, ownerId: data.ownerId };
    case 'DealValued':
      return data.amount ? { amount: data.amount } : {};
    case 'StageAdvanced':
    case 'StageRegressed':
      return { stage: data.to };
    case 'OwnerReassigned':
      return { ownerId: data.to };
    case 'DealWon':
      return { status: 'won', amount: data.amount };
    case 'DealLost':
      return { status: 'lost' };
    case 'DealReopened':
      return { status: 'open', stage: data.stage };
    default:
      return {};
  }
};

const demandOfFunnel = ({ mapping, saying: { said }, values }: RowContext, event: DealEvent | undefined): DealEvent => {
  const { activity: type = '', data = '' } = said;
  const { stage, amount } = event ? after(event) : {};
  const isStage = stage === undefined || mapping.funnel.stages.some(({ key }) => key === stage);
  if (!event || !isStage) throw new BadField(values.columnOf('data'), data, { code: 'no-event', details: { type } });
  const { currency } = mapping;
  if (amount === undefined || amount.currency === currency) return event;
  throw new BadField(values.columnOf('data'), data, { code: 'other-currency', details: { currency } });
};

/** What only an open deal does. */
const steps = new Set<DealEvent['type']>(['StageAdvanced', 'StageRegressed', 'DealWon', 'DealLost']);

const clash = ({ deal }: RowContext, event: DealEvent): IgnoredBecause | undefined => {
  if (event.type === 'ProspectAdded') return deal.status === 'absent' ? undefined : 'repeated';
  if (event.type === 'DealReopened') return isClosed(deal) ? undefined : 'open';
  return steps.has(event.type) && isClosed(deal) ? 'closed' : undefined;
};

/** The event that a row holds, as it was recorded. @throws {BadField} */
export const recorded = (context: RowContext): DealEvent | IgnoredBecause => {
  const event = demandOfFunnel(context, parsed(context));
  if (event.type !== 'ProspectAdded') demandAdded(context);
  const because = clash(context, event);
  if (because) return because;
  Object.assign(context.deal, after(event));
  return event;
};
