import { event, type EventOf } from '@funnel/kernel';
import { z } from 'zod';
import { id, text } from '../shapes.ts';

const teamId = id.nullable();

/** Who sells, and in which team. Keys are stored names: add, never rename, reuse or delete. */
export const peopleEvents = {
  RepJoined: event(z.object({ repId: id, name: text, teamId, email: z.email().optional() })),
  RepMoved: event(z.object({ repId: id, from: teamId, to: teamId })),
  TeamDefined: event(z.object({ teamId: id, name: text, leaderId: id.optional() })),
} as const;
export type PeopleEvent = EventOf<typeof peopleEvents>;
export type RepEvent = Extract<PeopleEvent, { type: 'RepJoined' | 'RepMoved' }>;
export type TeamEvent = Extract<PeopleEvent, { type: 'TeamDefined' }>;

export const repStream = (repId: string): string => `rep-${repId}`;
export const teamStream = (teamId: string): string => `team-${teamId}`;
