import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { after, date, id, instant, instantOut, money, position, ratio, text } from '../shapes.ts';

export const horizonDays = z
  .int('a whole number of days, or null for ever')
  .min(0, 'a whole number of days from 0')
  .max(36_500, 'at most 36500 days');

/** What every answer from history says of what it rests on. */
export const basis = {
  funnelId: z.string(),
  asOfPosition: position.describe('Every event up to here is in the figures.'),
  unreadableEvents: z.int().describe('Events that could not be read and are in none of the figures.'),
};

export const accuracy = z
  .strictObject({
    wape: ratio.nullable().describe('Σ |forecast − realized| ÷ Σ realized, exact amounts, over every group.'),
    bias: ratio.nullable().describe('Σ (forecast − realized) ÷ Σ realized.'),
  })
  .describe('null where nothing was realized.');

export const digest = z
  .string()
  .describe('SHA-256 of the question and the exact figures: two runs with the same digest agree.');

const stand = z.strictObject({ count: z.int(), amount: money });
const move = z.strictObject({
  eventId: z.string(),
  dealId: z.string(),
  title: z.string().describe('What the deal is called.'),
  occurredAt: instantOut,
  amount: money,
});

export const waterfall = z
  .strictObject({
    ...basis,
    from: instantOut,
    to: instantOut,
    opening: stand.describe('What stood open as of `from`.'),
    lines: z.array(
      z.strictObject({
        line: z
          .enum(['added', 'up', 'down', 'reopened', 'won', 'lost', 'movedIn', 'movedOut'])
          .describe('The last two only where `owner` or `team` is asked for.'),
        amount: money,
        events: z.array(move).describe('By business time.'),
      }),
    ),
    closing: stand.describe('What stood open as of `to`.'),
    regions: z.array(z.string()).describe('Of all deals of the funnel that were there by `to`: what can be asked for.'),
    industries: z.array(z.string()),
  })
  .meta({ title: 'Waterfall' });

export const knownAt = {
  knownAt: instant.optional().describe('Only what was recorded by then: what one knew, and not what is known now.'),
};

/** The periods whose ends are looked at, and what counts as realized. */
export const periods = {
  ...knownAt,
  from: date,
  to: date,
  every: z.enum(['day', 'week', 'month', 'quarter']).default('month'),
  horizonDays: horizonDays.nullable().default(null).describe('A deal counts as realized if won by then; null: ever.'),
};

export const forecastRoutes = {
  waterfall: route({
    method: 'GET',
    path: '/api/funnels/:id/waterfall',
    tag: 'funnels',
    summary: 'How what stood open at one instant became what stood open at another, event by event.',
    description:
      'opening + added + up − down + reopened − won − lost = closing, to the minor unit. With `owner` or `team` only those deals count that belonged to them at each instant, and + movedIn − movedOut tell what others handed over to them and what they handed over, or took along to another team: the event is then that of the deal, or the `RepMoved` of its owner. Lines tell what happened after `from`, up to and including `to` (now when absent); moves that cancel each other out are told too. A win counts with what was sold: a difference to the amount before is a line of its own.',
    roles: everyone,
    params: z.strictObject({ id }),
    query: z.strictObject({
      from: instant,
      to: instant.optional(),
      owner: text.optional().describe('Id of a rep; `none` for deals that belong to nobody.'),
      team: id.optional(),
      region: text.optional(),
      industry: text.optional(),
      ...knownAt,
      ...after,
    }),
    status: 200,
    answer: waterfall,
    problems: ['not-found', 'view-behind'],
  }),
};
