import { z } from 'zod';
import { everyone, route } from '../route.ts';
import { id, instant, instantOut, money, page, paging, ratio, weight } from '../shapes.ts';
import { accuracy, basis, digest, horizonDays, knownAt, periods } from './forecasts.ts';

const rising = 'ages that rise, each with its weight';

const ageWeights = z
  .record(
    id,
    z
      .array(
        z.strictObject({
          fromDays: z.int('whole days').min(0, 'days from 0').max(36_500, 'at most 36500 days'),
          weight,
        }),
      )
      .min(1, rising)
      .max(20, 'at most 20 ages')
      .refine(
        (ages) => ages.every(({ fromDays }, place) => place === 0 || ages[place - 1]!.fromDays < fromDays),
        rising,
      ),
  )
  .describe('By stage: what counts instead for deals that have stood in it for so many days, each age until the next.');

/** Weights and rules; without any of them, "as it was". */
const terms = {
  weights: z
    .record(id, weight)
    .optional()
    .describe('By stage. A stage that is not named keeps the weight it had then.'),
  ageWeights: ageWeights.optional(),
  nextStepRule: z
    .boolean()
    .optional()
    .describe('Whether a deal without an open next step weighs nothing; as the funnel had it then when absent.'),
  overrides: z.enum(['kept', 'dropped']).default('kept').describe('Weights that were set for single deals.'),
};

const by = { by: z.enum(['total', 'owner', 'team', 'region', 'industry', 'stage']).default('total') };

const key = z
  .string()
  .nullable()
  .describe('Owner, team, region, industry or stage; null is none of them. `total` for all.');
const stood = {
  key,
  count: z.int().describe('Deals open at the period end.'),
  amount: money,
};
const decidedUntil = instantOut
  .nullable()
  .describe(
    'The last instant whose horizon is over by now (or by `knownAt`): at period ends after it `realized` may grow, and the accuracy is told against what came so far. null: everything that ever comes counts.',
  );
const realized = money.describe(
  'What those same deals stand won for at the horizon: what they were sold for, and nothing where a win was taken back by then.',
);

export const reforecast = z
  .strictObject({
    ...basis,
    periods: z.array(
      z.strictObject({ at: instantOut, groups: z.array(z.strictObject({ ...stood, forecast: money, realized })) }),
    ),
    decidedUntil,
    accuracy,
    digest,
  })
  .meta({ title: 'Reforecast' });

const compared = z.strictObject({
  ...stood,
  baseline: money,
  candidate: money,
  difference: money.describe('candidate − baseline, as both are shown.'),
  realized,
});

export const comparison = z
  .strictObject({
    ...basis,
    periods: z.array(z.strictObject({ at: instantOut, groups: z.array(compared) })),
    decidedUntil,
    accuracy: z.strictObject({ baseline: accuracy, candidate: accuracy }),
    digest,
  })
  .meta({ title: 'ReforecastComparison' });

const openedDeal = z.strictObject({
  dealId: z.string(),
  title: z.string().describe('What it is called now.'),
  stage: z.string(),
  ownerId: z.string().nullable(),
  since: instantOut.describe('When it had entered its stage.'),
  amount: money,
  weight: ratio.describe('What counted for it: its own weight, that of its stage or age, or 0 without a next step.'),
  forecast: money,
  realized: money.nullable().describe('What it was won for by the horizon.'),
  eventIds: z.array(z.string()).describe('What brought it there, oldest first.'),
  laterEventIds: z.array(z.string()).describe('What came of it up to the horizon, oldest first.'),
});

export const openedCell = page(openedDeal)
  .extend({ ...basis, at: instantOut, ...stood, forecast: money, realized })
  .meta({ title: 'ReforecastCell' });

const asOfThen =
  'Owners, teams and stages are those of each period end. A period end is the last millisecond of the period in the time zone of the company; the first is that of the period of `from`, the last that of `to`.';

const problems = ['funnel-unknown', 'stage-unknown', 'view-behind'] as const;

export const reforecastRoutes = {
  reforecast: route({
    method: 'POST',
    path: '/api/reforecasts',
    tag: 'forecasts',
    summary: 'What the forecast would have been at each period end under other weights, and what came.',
    description: asOfThen,
    roles: everyone,
    body: z.strictObject({ funnelId: id, ...terms, ...periods, ...by }),
    status: 200,
    answer: reforecast,
    problems,
  }),
  compareReforecasts: route({
    method: 'POST',
    path: '/api/reforecasts/comparison',
    tag: 'forecasts',
    summary: 'Two sets of weights and rules over the same past, cell by cell, and how far each was from what came.',
    description: `Without a \`baseline\` it is "as it was then". ${asOfThen}`,
    roles: everyone,
    body: z.strictObject({
      funnelId: id,
      baseline: z.strictObject(terms).default({ overrides: 'kept' }),
      candidate: z.strictObject(terms),
      ...periods,
      ...by,
    }),
    status: 200,
    answer: comparison,
    problems,
  }),
  openReforecast: route({
    method: 'POST',
    path: '/api/reforecasts/deals',
    tag: 'forecasts',
    summary: 'The deals behind one cell of a re-forecast, and the events behind each of them.',
    description: 'The sums are those of the whole cell, whatever the page. The largest deals come first.',
    roles: everyone,
    body: z.strictObject({
      funnelId: id,
      ...terms,
      ...knownAt,
      ...by,
      at: instant.describe('A period end, as the re-forecast tells it.'),
      key: key.default('total'),
      horizonDays: horizonDays
        .nullable()
        .default(null)
        .describe('A deal counts as realized if won by then; null: ever.'),
      cursor: paging.cursor,
      limit: z
        .int('a whole number from 1 to 200')
        .min(1, 'a whole number from 1 to 200')
        .max(200, 'a whole number from 1 to 200')
        .default(50),
    }),
    status: 200,
    answer: openedCell,
    problems,
  }),
};
