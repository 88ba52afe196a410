import { z } from 'zod';
import { everyone, leaders, route } from '../route.ts';
import { after, id, instantOut, occurredAt, page, paging, past, text } from '../shapes.ts';
import { done } from './command.ts';

const rep = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  teamId: z.string().nullable(),
  joinedAt: instantOut,
  memberships: z.array(z.strictObject({ since: instantOut, teamId: z.string().nullable() })),
  revision: z.int(),
});
const team = z.strictObject({
  id: z.string(),
  name: z.string(),
  leaderId: z.string().nullable(),
  definedAt: instantOut,
  revision: z.int(),
});

const command = { tag: 'people', roles: leaders, answer: done, command: true, method: 'POST' } as const;
const list = {
  tag: 'people',
  roles: everyone,
  method: 'GET',
  status: 200,
  query: z.strictObject({ ...past, ...paging, ...after }),
  problems: ['view-behind'],
} as const;

export const peopleRoutes = {
  addRep: route({
    ...command,
    path: '/api/reps',
    summary: 'Adds a salesperson.',
    body: z.strictObject({
      id: id.optional(),
      name: text,
      teamId: id.nullish(),
      email: z.email('an e-mail address').optional(),
      ...occurredAt,
    }),
    status: 201,
    problems: ['rep-exists', 'occurred-in-future'],
  }),
  moveRep: route({
    ...command,
    path: '/api/reps/:id/move',
    summary: 'Moves a salesperson to another team, or to none (null).',
    params: z.strictObject({ id }),
    body: z.strictObject({ teamId: id.nullable(), ...occurredAt }),
    status: 200,
    problems: ['rep-absent', 'occurred-in-future', 'occurred-before-latest-change'],
  }),
  listReps: route({ ...list, path: '/api/reps', summary: 'Lists the salespeople by id.', answer: page(rep) }),
  addTeam: route({
    ...command,
    path: '/api/teams',
    summary: 'Adds a team.',
    body: z.strictObject({ id: id.optional(), name: text, leaderId: id.optional(), ...occurredAt }),
    status: 201,
    problems: ['occurred-in-future', 'occurred-before-latest-change'],
  }),
  listTeams: route({ ...list, path: '/api/teams', summary: 'Lists the teams by id.', answer: page(team) }),
} as const;
