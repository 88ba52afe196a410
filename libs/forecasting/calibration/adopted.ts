import { formatInstant, formatPosition, wholeWeight, type Position, type Weight } from '@funnel/kernel';
import type { CalibrationEvidence, FunnelDefinition } from '@funnel/sales';
import type { Calibration, CalibrationRequest, LearntStage } from './calibrate.ts';
import type { Judgement } from './scoring.ts';

/** A calibration, and how its weights are to become a funnel's. */
export interface Adoption {
  readonly request: CalibrationRequest;
  readonly calibration: Calibration;
  /** Of the question and its figures. */
  readonly digest: string;
  /** Everything up to here in the log is in it. */
  readonly position: Position;
  /** Only what was recorded by then, milliseconds since 1970; everything when absent. */
  readonly knownAt?: number | undefined;
  readonly basis: 'count' | 'amount';
  /** Stages in which fewer different deals stood keep their weight. */
  readonly least: number;
}

const decimal = (weight: Weight): number => weight / wholeWeight;
const decimalOrNull = (weight: Weight | null): number | null => (weight === null ? null : decimal(weight));
const scoresOf = ({ brier, wape, bias }: Judgement) => ({ brier, wape, bias });

/** Of a stage that no version knew then. */
const unlearnt = { count: 0, deals: 0, wins: 0, byCount: null, byAmount: null, interval: null };

const adoptedStage = (
  stage: string,
  before: number,
  { learnt, basis, least }: { learnt?: LearntStage | undefined } & Pick<Adoption, 'basis' | 'least'>,
) => {
  const { count, deals, wins, byCount, byAmount, interval } = learnt ?? unlearnt;
  const share = basis === 'count' ? byCount : byAmount;
  return {
    ...{ stage, before, after: share === null || deals < least ? before : decimal(share) },
    ...{ count, deals, wins, byCount: decimalOrNull(byCount), byAmount: decimalOrNull(byAmount), interval },
  };
};

const evidenceOf = (adoption: Adoption, stages: CalibrationEvidence['stages']): CalibrationEvidence => {
  const { request, calibration, digest, position, knownAt, basis, least } = adoption;
  const { learntOn, judgedOn, judged } = calibration;
  return {
    ...{ kind: 'calibration', digest, basis, least, stages, horizonDays: request.horizonDays },
    asOfPosition: formatPosition(position),
    knownAt: knownAt === undefined ? null : formatInstant(knownAt),
    splitAt: formatInstant(request.splitAt),
    learntOn: learntOn.map(formatInstant),
    judgedOn: judgedOn.map(formatInstant),
    scores: {
      before: scoresOf(judged.asItWas),
      after: scoresOf(basis === 'count' ? judged.byCount : judged.byAmount),
    },
  };
};

/** A funnel with the weights that were learnt, and the evidence for them. */
export const adopted = (
  funnel: FunnelDefinition,
  adoption: Adoption,
): { readonly definition: FunnelDefinition; readonly evidence: CalibrationEvidence } => {
  const learnt = new Map(adoption.calibration.stages.map((stage) => [stage.stage, stage]));
  const { basis, least } = adoption;
  const stages = funnel.stages.map(({ key, weight }) =>
    adoptedStage(key, weight, { learnt: learnt.get(key), basis, least }),
  );
  const weighed = funnel.stages.map((stage, place) => ({ ...stage, weight: stages[place]!.after }));
  return { definition: { ...funnel, stages: weighed }, evidence: evidenceOf(adoption, stages) };
};
