import { z } from 'zod';
import { id, instant, weight } from '../shapes.ts';

const score = z.number().nullable();
const scores = z.object({ brier: score, wape: score, bias: score });

/** Why a funnel weighs its stages as it does: a calibration that was adopted, with everything needed to repeat and to judge it. */
export const calibrationEvidence = z.object({
  kind: z.literal('calibration'),
  /** Of the question and its exact figures. */
  digest: z.string(),
  /** Everything up to here in the log was looked at. */
  asOfPosition: z.string(),
  /** Only what was recorded by then; everything when `null`. */
  knownAt: instant.nullable(),
  basis: z.enum(['count', 'amount']),
  splitAt: instant,
  horizonDays: z.int().nullable(),
  learntOn: z.array(instant),
  judgedOn: z.array(instant),
  /** Stages of fewer deals keep their weight. */
  least: z.int(),
  stages: z.array(
    z.object({
      stage: id,
      before: weight,
      after: weight,
      /** Deals that stood there, counted at every period end. */
      count: z.int(),
      /** Different ones, which is what `least` is about; before this was told it was about `count`. */
      deals: z.int().optional(),
      wins: z.int(),
      byCount: weight.nullable(),
      byAmount: weight.nullable(),
      /** 95 %, of the share by count. */
      interval: z.object({ low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  /** On the periods after the split: of the weights as they were, and of those that were learnt. */
  scores: z.object({ before: scores, after: scores }),
});
export type CalibrationEvidence = z.infer<typeof calibrationEvidence>;
