import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { amount, date, id, instant, instantOut, money, periodName, ratio } from '../shapes.ts';
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

const target = z.strictObject({
  subject: z.string(),
  period: z.string(),
  until: instantOut.describe('The last millisecond of the period.'),
  toWin: money.describe('The quota of the period, or the amount asked for.'),
  won: money.describe('Won in the period by `asOf`, in every funnel.'),
  missing: money,
  chance: z.int(),
  reached: ratio.describe('The share of the futures that reach it with nothing added beside the inflow.'),
  needed: z
    .int()
    .nullable()
    .describe(
      'How many prospects added now reach it in `chance` of 100 futures; null: not even `most` do, it is too late.',
    ),
  most: z.int(),
  like: z.int().describe('How many prospects of the latest weeks the new ones are like, in stage and amount.'),
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
    target: target.nullable().describe('What must be added now to reach a quota; null where it was not asked for.'),
    digest: z.string().describe('SHA-256 of the question and the exact figures: two runs with the same digest agree.'),
  })
  .meta({ title: 'Simulation' });

const outcomeOf = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({
    ...{ p10: value, p50: value, p90: value, mean: value, actual: value },
    inside: z.boolean().describe('Whether what came lies from P10 to P90.'),
  });

export const backtest = z
  .strictObject({
    ...basis,
    runs: z.int(),
    seed: z.int(),
    coverage: z
      .strictObject({ won: ratio.nullable(), wonCount: ratio.nullable() })
      .describe('Which share of the cases came to lie from P10 to P90: 0.8 is what is promised. null without cases.'),
    cases: z
      .array(
        z.strictObject({
          asOf: instantOut.describe('Simulated from here on, looking at nothing later.'),
          from: instantOut.describe('After this instant …'),
          until: instantOut.describe('… and up to this one.'),
          won: outcomeOf(money),
          wonCount: outcomeOf(z.number()),
        }),
      )
      .describe(
        'Each period seen from each instant before it. Cases of one instant or one period depend on each other.',
      ),
    digest: z.string().describe('SHA-256 of the question and the exact figures.'),
  })
  .meta({ title: 'Backtest' });

/** What every simulation says of how it draws. */
const drawing = {
  runs: whole(1, 5_000).default(1_000).describe('How many futures are drawn.'),
  seed: whole(0, 2 ** 32 - 1)
    .default(1)
    .describe('The same seed draws the same futures.'),
};
const inflow = {
  inflow: z
    .enum(['present', 'none'])
    .default('present')
    .describe('Whether prospects go on coming (and closed deals being reopened) as in the latest weeks.'),
};
const inflowWeeks = {
  inflowWeeks: whole(1, 520).default(13).describe('How many of the latest weeks the inflow is learnt from.'),
};

const wantedTarget = z.strictObject({
  subject: z
    .string()
    .regex(/^(company|(rep|team)-[\p{L}\p{N}][\p{L}\p{N}._-]{0,99})$/u, 'company, rep-<id> or team-<id>')
    .default('company'),
  period: periodName.describe(
    'Its quota is to be reached by its end; more periods are simulated where that is needed.',
  ),
  amount: amount.optional().describe('What is to be won in the whole period, instead of the quota.'),
  chance: whole(1, 99).default(50).describe('In how many of 100 futures it is to be reached.'),
});

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
      ...inflow,
      ...inflowWeeks,
      target: wantedTarget.optional().describe('Also tells what must be added now to reach a quota.'),
    }),
    status: 200,
    answer: simulation,
    problems: ['funnel-unknown', 'view-behind'],
  }),
  backtest: route({
    method: 'POST',
    path: '/api/simulations/backtest',
    tag: 'forecasts',
    summary: 'Whether simulations can be believed: made from instants in the past and compared with what came.',
    description:
      'From the end of each period from `from` to `to` the following `ahead` periods are simulated with the inflow of then, looking at nothing that happened later; periods that are not over are left out. P10–P90 should hold 80 % of what came, and more where few deals are won: both ends belong to it.',
    roles: everyone,
    body: z.strictObject({
      funnelId: id,
      from: date,
      to: date,
      every: z.enum(['day', 'week', 'month', 'quarter']).default('month'),
      ahead: whole(1, 12).default(3).describe('How many periods after each instant.'),
      known: z
        .enum(['now', 'then'])
        .default('now')
        .describe('`then`: only what was recorded by each instant, too; for logs that were kept from day to day.'),
      ...drawing,
      ...inflowWeeks,
    }),
    status: 200,
    answer: backtest,
    problems: ['funnel-unknown', 'view-behind'],
  }),
};
