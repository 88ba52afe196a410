import { z } from 'zod';
import { instantOut, knownAtOut, money, parts, position, ratio, seconds } from '../shapes.ts';

const share = ratio.nullable();

export const duration = z
  .strictObject({
    count: z.int(),
    medianSeconds: seconds.nullable(),
    p90Seconds: seconds.nullable().describe('Nearest rank.'),
    meanSeconds: seconds.nullable(),
  })
  .meta({ title: 'Durations' });

const moves = z.strictObject({
  entered: z.int(),
  advanced: z.int(),
  regressed: z.int(),
  won: z.int(),
  lost: z.int(),
  reopened: z.int(),
  conversion: share,
});

const stage = z.strictObject({
  key: z.string(),
  label: z.string(),
  part: z.enum(parts).nullable(),
  weight: share,
  openCount: z.int(),
  openAmount: money,
  weightedAmount: money,
  opportunityCount: z.int().describe('Open deals that weigh nothing for want of a next step.'),
  entered: z.int().describe('Entered for the first time in the period = advanced + lost + movedBack + stillThere.'),
  advanced: z.int(),
  lost: z.int(),
  movedBack: z.int(),
  stillThere: z.int(),
  conversion: share,
  conversionTarget: share,
  reachedWon: z.int(),
  timeToAdvance: duration,
  timeToNext: duration,
  dwell: duration.omit({ count: true }).extend({ visits: z.int() }).describe('Visits that ended in the period.'),
  dwellPerDeal: z.strictObject({ latestVisit: duration, allVisits: duration }),
  moves: moves.describe('Moves of the period, each counted as often as it happened.'),
});

const totals = z.strictObject({
  dealCount: z.int().describe('Added in the period.'),
  dealAmount: money,
  openCount: z.int(),
  openAmount: money,
  weightedAmount: money,
  opportunityCount: z.int(),
  wonCount: z.int(),
  wonAmount: money,
  lostCount: z.int(),
  lostAmount: money,
});

const velocity = z.strictObject({
  amountPerDay: money.nullable(),
  qualifiedCount: z.int(),
  winRate: share,
  meanWonAmount: money.nullable(),
  meanCycleDays: z.number().nullable(),
});

const activity = z.strictObject({
  events: z.record(z.string(), z.int()),
  contacts: z.record(z.string(), z.int()),
  assigned: z.int(),
  changed: z.int(),
});

export const funnelReport = z
  .strictObject({
    id: z.string(),
    label: z.string(),
    currency: z.string(),
    asOf: instantOut,
    knownAt: knownAtOut,
    from: instantOut.nullable(),
    to: instantOut.nullable(),
    position: position.describe('What the report has seen.'),
    stages: z.array(stage),
    totals,
    conversion: z.strictObject({ entered: z.int(), won: z.int(), rate: share }),
    winRate: z.strictObject({ byCount: share, byAmount: share }),
    cycle: duration.describe('From the first record of a deal to its being won.'),
    velocity,
    activity,
    otherCurrencyCount: z.int(),
  })
  .meta({ title: 'FunnelReport' });
