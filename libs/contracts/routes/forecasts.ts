import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { date, id, instantOut, money, position, ratio, weight } from '../shapes.ts';

const horizonDays = z
  .int('a whole number of days, or null for ever')
  .min(0, 'a whole number of days from 0')
  .max(36_500, 'at most 36500 days');

const group = z.strictObject({
  key: z.string().nullable().describe('Owner, team, region or stage; null is none of them. `total` for all.'),
  count: z.int().describe('Deals open at the period end.'),
  amount: money,
  forecast: money,
  realized: money.describe('What those same deals were won for by the horizon.'),
});

export const reforecast = z
  .strictObject({
    funnelId: z.string(),
    asOfPosition: position.describe('Every event up to here is in the figures.'),
    periods: z.array(z.strictObject({ at: instantOut, groups: z.array(group) })),
    accuracy: z
      .strictObject({
        wape: ratio.nullable().describe('Σ |forecast − realized| ÷ Σ realized, exact amounts, over every group.'),
        bias: ratio.nullable().describe('Σ (forecast − realized) ÷ Σ realized.'),
      })
      .describe('null where nothing was realized.'),
    digest: z.string().describe('SHA-256 of the question and the exact figures: two runs with the same digest agree.'),
    unreadableEvents: z.int().describe('Events that could not be read and are in none of the figures.'),
  })
  .meta({ title: 'Reforecast' });

export const forecastRoutes = {
  reforecast: route({
    method: 'POST',
    path: '/api/reforecasts',
    tag: 'forecasts',
    summary: 'What the forecast would have been at each period end under other weights, and what came.',
    description:
      'Owners, teams and stages are those of each period end. A period end is the last millisecond of the period in the time zone of the company; the first is that of the period of `from`, the last that of `to`.',
    roles: everyone,
    body: z.strictObject({
      funnelId: id,
      weights: z
        .record(id, weight)
        .optional()
        .describe('By stage. A stage that is not named keeps the weight it had then: without weights, "as it was".'),
      from: date,
      to: date,
      every: z.enum(['day', 'week', 'month', 'quarter']).default('month'),
      by: z.enum(['total', 'owner', 'team', 'region', 'stage']).default('total'),
      horizonDays: horizonDays
        .nullable()
        .default(null)
        .describe('A deal counts as realized if won by then; null: ever.'),
      nextStepRule: z
        .boolean()
        .optional()
        .describe('Whether a deal without an open next step weighs nothing; as the funnel had it then when absent.'),
      overrides: z.enum(['kept', 'dropped']).default('kept').describe('Weights that were set for single deals.'),
    }),
    status: 200,
    answer: reforecast,
    problems: ['funnel-unknown', 'stage-unknown', 'view-behind'],
  }),
};
