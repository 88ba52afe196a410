import { z } from 'zod';
import { everyone, route, sellers } from '../route.ts';
import { after, id, instantOut, occurredAt, page, paging, parts, past, text } from '../shapes.ts';
import { done } from './command.ts';

const statuses = ['open', 'acknowledged', 'resolved'] as const;
const alertId = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,199}$/u, 'the id of an alert');

const alert = z.strictObject({
  id: z.string(),
  kind: z.string(),
  dealId: z.string(),
  title: z.string(),
  funnelId: z.string(),
  stage: z.string(),
  part: z.enum(parts),
  stageEntry: z.int(),
  ownerId: z.string().nullable(),
  since: instantOut,
  dueAt: instantOut,
  limitDays: z.number(),
  questions: z.array(z.string()),
  status: z.enum(statuses),
  raisedAt: instantOut,
  acknowledgedAt: instantOut.nullable(),
  acknowledgedBy: z.string().nullable(),
  note: z.string().nullable(),
  resolvedAt: instantOut.nullable(),
  because: z.string().nullable(),
  revision: z.int(),
});

export const alertRoutes = {
  listAlerts: route({
    method: 'GET',
    path: '/api/alerts',
    tag: 'alerts',
    summary: 'Lists alerts, the newest first; with `asOf` those that had been raised, as they stood then.',
    roles: everyone,
    query: z.strictObject({
      status: z.enum(statuses).optional(),
      owner: text.optional().describe('Id of a rep; `none` for deals that belonged to nobody.'),
      team: id.optional().describe('Alerts whose owner is in this team, now or then.'),
      deal: id.optional(),
      ...past,
      ...paging,
      ...after,
    }),
    status: 200,
    answer: page(alert),
    problems: ['view-behind'],
  }),
  acknowledgeAlert: route({
    method: 'POST',
    path: '/api/alerts/:id/acknowledge',
    tag: 'alerts',
    summary: 'Says that somebody takes care of an alert.',
    roles: sellers,
    command: true,
    params: z.strictObject({ id: alertId }),
    body: z.strictObject({ note: text.optional(), ...occurredAt }),
    status: 200,
    answer: done,
    problems: ['alert-absent', 'alert-resolved', 'occurred-in-future'],
  }),
} as const;
