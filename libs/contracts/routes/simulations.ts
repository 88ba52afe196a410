import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { id, instant, instantOut, money, ratio } from '../shapes.ts';
import { basis, knownAt } from './forecasts.ts';

const whole = (minimum: number, maximum: number) => {
  const expected = `a whole number from ${minimum} to ${maximum}`;
  return z.int(expected).min(minimum, expected).max(maximum, expected);
};

const spreadOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ p10: value, p50: value, p90: value, mean: value });
const amounts = spreadOf(money).meta({ title: 'AmountSpread' });
const counts = spreadOf(z.number()).meta({ title: 'CountSpread' });

const period = z.strictObject({
  until: instantOut.describe('The last millisecond of the period. The first period begins at `asOf`.'),
  won: amounts.describe('Won in the period.'),
  wonCount: counts,
  wonToDate: amounts.describe('Won from `asOf` until the end of the period: for a fan of the whole.'),
  open: amounts.describe('What stands open at the end of the period.'),
  openCount: counts,
});

const learntStage = z.strictObject({
  stage: z.string(),
  visits: z.int().describe('Visits of the stage that were seen by `asOf`.'),
  ended: z.int().describe('Of them: ended by then. The others count for as long as they were seen.'),
  exits: z
    .array(z.strictObject({ to: z.string(), kind: z.enum(['stage', 'won', 'lost']), share: ratio }))
    .describe('Where a visit leads to sooner or later, most often first; what is missing to 1 never leaves.'),
});

export const simulation = z
  .strictObject({
    ...basis,
    asOf: instantOut,
    runs: z.int(),
    seed: z.int(),
    learnt: z.array(learntStage).describe('What the simulation rests on, in funnel order.'),
    inflow: z
      .strictObject({ weeks: z.int(), arrivals: z.int() })
      .nullable()
      .describe('The latest weeks that are repeated, and the prospects that came in them; null without inflow.'),
    groups: z.array(
      z.strictObject({
        key: z.string().nullable().describe('Owner or team; null is none. `total` for all.'),
        count: z.int().describe('Deals open at `asOf`.'),
        amount: money,
        periods: z.array(period),
      }),
    ),
    digest: z.string().describe('SHA-256 of the question and the exact figures: two runs with the same digest agree.'),
  })
  .meta({ title: 'Simulation' });

/** What every simulation says of how it draws. */
const drawing = {
  runs: whole(1, 5_000).default(1_000).describe('How many futures are drawn.'),
  seed: whole(0, 2 ** 32 - 1)
    .default(1)
    .describe('The same seed draws the same futures.'),
  inflow: z
    .enum(['present', 'none'])
    .default('present')
    .describe('Whether prospects go on coming (and closed deals being reopened) as in the latest weeks.'),
  inflowWeeks: whole(1, 520).default(13).describe('How many of the latest weeks the inflow is learnt from.'),
};

export const simulationRoutes = {
  simulate: route({
    method: 'POST',
    path: '/api/simulations',
    tag: 'forecasts',
    summary: 'What the coming periods may bring, drawn many times from what deals did so far.',
    description:
      'A semi-Markov simulation: each open deal moves on as visits of its stage ended until `asOf`, given how long it has stood there already; amounts and owners stay what they are. P10, P50 and P90 are by nearest rank over all runs. With `inflow: none` it tells what is left if nothing new is added. With `asOf` in the past nothing that happened later is looked at, with `knownAt` nothing that was recorded later.',
    roles: everyone,
    body: z.strictObject({
      funnelId: id,
      asOf: instant.optional().describe('From when on; now when absent.'),
      ...knownAt,
      every: z.enum(['day', 'week', 'month', 'quarter']).default('month'),
      periods: whole(1, 60).default(6).describe('How many periods, the running one included.'),
      by: z.enum(['total', 'owner', 'team']).default('total').describe('Owners and teams as of `asOf`.'),
      ...drawing,
    }),
    status: 200,
    answer: simulation,
    problems: ['funnel-unknown', 'view-behind'],
  }),
};
