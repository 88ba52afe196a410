import { z } from 'zod';
import { everyone, leaders, route } from '../route.ts';
import { date, id, instantOut, money, occurredAt, ratio, text } from '../shapes.ts';
import { done } from './command.ts';
import { basis, periods } from './forecasts.ts';

const judgement = z.strictObject({
  brier: ratio.nullable().describe('Mean of (weight − won or not)² over every deal at every period end.'),
  wape: ratio.nullable().describe('Over the totals of the period ends.'),
  bias: ratio.nullable(),
  reliability: z
    .array(z.strictObject({ weight: ratio, count: z.int(), wins: z.int() }))
    .describe('What was said, and how many of those deals were won.'),
});

const interval = z.strictObject({ low: ratio, high: ratio }).nullable();

const sample = {
  count: z.int().describe('Deals that stood there, counted at every period end.'),
  deals: z.int().describe('How many different deals these were.'),
  effective: z
    .number()
    .describe(
      'As how many independent trials the counts may be taken, a deal faring much the same each time: (Σ times)² ÷ Σ times² over the deals (Kish).',
    ),
};

const cell = z.strictObject({
  stage: z.string(),
  fromDays: z.int().describe('Days in the stage: from.'),
  untilDays: z.int().nullable().describe('Until before; null without an upper bound.'),
  segment: z
    .string()
    .nullable()
    .describe('`total` where no segment was asked for; null is nobody, no team, no region, no industry.'),
  ...sample,
  wins: z.int(),
  amount: money,
  realized: money,
  byCount: ratio.describe('wins ÷ count, to four places.'),
  byAmount: ratio.nullable().describe('realized ÷ amount, to four places, at most 1.'),
  interval: interval.describe('95 % by Wilson, of the share by count, with `effective` trials.'),
  credibility: ratio.describe('How far the cell is believed against its stage, 0 to 1 (Bühlmann and Straub).'),
  weight: ratio.describe('credibility × byCount + (1 − credibility) × share of the stage, to four places.'),
});

export const calibration = z
  .strictObject({
    ...basis,
    learntOn: z.array(instantOut).describe('Period ends up to the split.'),
    judgedOn: z.array(instantOut).describe('Period ends after it: never the same ones.'),
    stages: z
      .array(
        z.strictObject({
          stage: z.string(),
          weight: ratio.describe('As it was at the last period end that was learnt from.'),
          ...sample,
          wins: z.int(),
          amount: money,
          realized: money,
          byCount: ratio.nullable().describe('wins ÷ count, to four places.'),
          byAmount: ratio.nullable().describe('realized ÷ amount, to four places, at most 1.'),
          interval: interval.describe('95 % by Wilson, of the share by count, with `effective` trials.'),
        }),
      )
      .describe('In funnel order.'),
    judged: z
      .strictObject({ asItWas: judgement, byCount: judgement, byAmount: judgement })
      .describe('Weights of stages on their own: those that were set for single deals are left out.'),
    refined: z
      .strictObject({ cells: z.array(cell), judged: judgement })
      .nullable()
      .describe('By time in stage and by segment, learnt and judged on the same periods; null where not asked for.'),
    digest: z.string().describe('SHA-256 of the question and the exact figures.'),
  })
  .meta({ title: 'Calibration' });

const ageDays = z
  .array(z.int('a whole number of days').min(1, 'at least 1 day').max(3_650, 'at most 3650 days'))
  .min(1, 'at least one bound')
  .max(8, 'at most 8 bounds')
  .refine((bounds) => bounds.every((bound, index) => index === 0 || bound > bounds[index - 1]!), 'rising numbers');

const asked = {
  funnelId: id,
  ...periods,
  split: date.describe('Its whole day belongs to what is learnt.'),
  gapDays: z
    .int('a whole number of days')
    .min(0, 'days from 0')
    .max(3_650, 'at most 3650 days')
    .default(0)
    .describe(
      'Judges only on period ends more than so many days after the split. With the horizon as gap nothing is learnt from what came in the time that is judged.',
    ),
  ageDays: ageDays
    .optional()
    .describe('Tells apart how long deals have stood in their stage: [30, 90] is 0–30, 30–90 and 90 days and more.'),
  segment: z
    .enum(['owner', 'team', 'region', 'industry'])
    .optional()
    .describe('Tells apart whose deals they were at each period end, or what customers they are of.'),
};

const adopted = done
  .extend({
    digest: z.string(),
    basis: z.enum(['count', 'amount']),
    stages: z.array(
      z.strictObject({
        ...{ stage: z.string(), before: ratio, after: ratio },
        ...{ count: sample.count, deals: sample.deals, adopted: z.boolean() },
      }),
    ),
  })
  .meta({ title: 'AdoptedCalibration' });

export const calibrationRoutes = {
  calibrate: route({
    method: 'POST',
    path: '/api/calibrations',
    tag: 'forecasts',
    summary: 'What the weights should have been by what was won, learnt before a date and judged after it.',
    description:
      'For each stage, the share of the deals that stood in it at the period ends up to `split` and were won by the horizon. Period ends after which the horizon is not over by now (or by `knownAt`) are left out of both: what is undecided would count as not won. With `horizonDays: null` deals that are open still count as not won. With `ageDays` or `segment` also for each cell of a stage, where a cell of few deals is believed less and drawn towards its stage (`credibility`). `POST /api/calibrations/adopt` makes the weights the funnel’s.',
    roles: everyone,
    body: z.strictObject(asked),
    status: 200,
    answer: calibration,
    problems: ['funnel-unknown', 'view-behind'],
  }),
  adoptCalibration: route({
    method: 'POST',
    path: '/api/calibrations/adopt',
    tag: 'forecasts',
    summary: 'Revises the funnel with the weights that a calibration learnt, and records the evidence.',
    description:
      'Send what was asked of `POST /api/calibrations` and the `digest` of its answer: the calibration is made again, and refused as `calibration-moved` where history says something else by now. The stages of the newest version of the funnel take the learnt weights; a stage in which fewer than `least` different deals stood, or which was not learnt, keeps its own. The event `FunnelRevised` carries periods, samples, intervals and scores as its `evidence`. Adopting the same weights again changes nothing.',
    roles: leaders,
    command: true,
    body: z.strictObject({
      ...asked,
      digest: z.string().regex(/^[0-9a-f]{64}$/, 'the digest of a calibration, 64 hexadecimal digits'),
      basis: z.enum(['count', 'amount']).describe('Which of the learnt weights: `byCount` or `byAmount`.'),
      least: z
        .int('a whole number from 1 to 1000000')
        .min(1, 'a whole number from 1 to 1000000')
        .max(1_000_000, 'a whole number from 1 to 1000000')
        .default(30)
        .describe('How many different deals must have stood in a stage for its weight to be adopted.'),
      reason: text.optional(),
      ...occurredAt,
    }),
    status: 200,
    answer: adopted,
    problems: [
      'funnel-unknown',
      'calibration-moved',
      'occurred-in-future',
      'occurred-before-latest-change',
      'view-behind',
    ],
  }),
};
