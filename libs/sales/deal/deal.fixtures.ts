import type { Actor, Dated } from '@funnel/kernel';
import { funnelDefinition } from '../funnel/funnel.events.ts';
import type { DealCommand } from './deal.commands.ts';
import type { DealEvent } from './deal.events.ts';

/** Fixed ids and instants for the specs of this library. */

/** Noon on the given day of July 2026, UTC. The first is a Wednesday. */
export const july = (day: number, hour = 12): number => Date.UTC(2026, 6, day, hour);
export const iso = (at: number): string => new Date(at).toISOString();

export const anna: Actor = { user: 'anna', role: 'rep' };
export const boss: Actor = { user: 'boss', role: 'manager' };

export const cny = (minor: number) => ({ minor, currency: 'CNY' });

/** Four stages: leaving `need` takes a budget and a schedule; the owner is locked in `quoted`. */
export const ladder = funnelDefinition.parse({
  funnelId: 'ladder',
  label: 'Ladder',
  currency: 'CNY',
  stages: [
    { key: 'lead', label: 'Lead', weight: 0.1, part: 'top', maxDwellDays: 10 },
    {
      key: 'need',
      label: 'Need',
      weight: 0.4,
      part: 'middle',
      exitCriteria: [
        { key: 'budget', label: 'Budget' },
        { key: 'schedule', label: 'Schedule' },
      ],
    },
    { key: 'quoted', label: 'Quoted', weight: 0.6, part: 'bottom', ownerLocked: true },
    { key: 'closing', label: 'Closing', weight: 0.9, part: 'bottom', maxDwellDays: 5, dwellIn: 'business-days' },
  ],
});

type Payload<Type extends DealEvent['type']> = Omit<Extract<DealEvent, { type: Type }>['data'], 'dealId'>;
/** A recorded fact about deal `d1`. */
export const fact = <Type extends DealEvent['type']>(type: Type, at: number, data: Payload<Type>): Dated<DealEvent> =>
  ({ type, at, data: { dealId: 'd1', ...data } }) as Dated<DealEvent>;

/** What follows from a command about deal `d1`. */
export const event = <Type extends DealEvent['type']>(type: Type, data: Payload<Type>): DealEvent =>
  ({ type, data: { dealId: 'd1', ...data } }) as DealEvent;

type Said = 'type' | 'dealId' | 'at' | 'now' | 'actor' | 'funnel';
type Words<Type extends DealCommand['type']> = Omit<Extract<DealCommand, { type: Type }>, Said>;
/** Anna speaks about deal `d1`, in the ladder, of 10 July at noon — unless `context` says otherwise. */
export const command = <Type extends DealCommand['type']>(
  type: Type,
  words: Words<Type>,
  context: { at?: number; now?: number; actor?: Actor } = {},
): DealCommand => {
  const at = context.at ?? july(10);
  return {
    type,
    dealId: 'd1',
    at,
    now: at,
    actor: anna,
    funnel: ladder,
    ...context,
    ...words,
  } as unknown as DealCommand;
};

export const prospectFacts = {
  title: 'Press line',
  customer: { name: 'Huaxin' },
  amount: cny(100_000_00),
  ownerId: 'anna',
  expectedClose: '2026-12-31',
};
/** Added on 1 July, worth 100,000.00, owned by Anna. */
export const prospect = (stage = 'lead'): Dated<DealEvent> =>
  fact('ProspectAdded', july(1), { ...prospectFacts, funnelId: 'ladder', stage });
export const won = (day: number, stage = 'lead'): Dated<DealEvent> =>
  fact('DealWon', july(day), { stage, amount: prospectFacts.amount });
