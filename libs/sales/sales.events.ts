import type { EventOf } from '@funnel/kernel';
import { alertEvents } from './alert/alert.events.ts';
import { dealEvents } from './deal/deal.events.ts';
import { funnelEvents } from './funnel/funnel.events.ts';
import { peopleEvents } from './people/people.events.ts';
import { quotaEvents } from './quota/quota.events.ts';

/** Every event that the product stores, by its stored name. */
export const salesEvents = { ...dealEvents, ...funnelEvents, ...quotaEvents, ...peopleEvents, ...alertEvents } as const;
export type SalesEvent = EventOf<typeof salesEvents>;
