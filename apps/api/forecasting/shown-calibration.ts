import type { AnswerOf, routes } from '@funnel/contracts';
import type { Judgement, LearntCell, LearntStage, Refined } from '@funnel/forecasting';
import { wholeWeight, type Weight } from '@funnel/kernel';
import type { CalibrationEvidence } from '@funnel/sales';
import type { Done } from '../commands/perform.ts';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Findings } from './conversation.ts';

export type ShownCalibration = AnswerOf<(typeof routes)['calibrate']>;
type AdoptedAnswer = AnswerOf<(typeof routes)['adoptCalibration']>;
export type ShownAdopted = Done & Omit<AdoptedAnswer, keyof Done>;

const decimal = (weight: Weight): number => weight / wholeWeight;
const decimalOrNull = (weight: Weight | null): number | null => (weight === null ? null : decimal(weight));

const rounded = (ratio: number): number => Math.round(ratio * 1_000_000) / 1_000_000;

const shownStage = (currency: string) => {
  const money = moneyIn(currency);
  return ({ stage, weight, count, deals, wins, interval, ...learnt }: LearntStage) => ({
    ...{ stage, weight: decimal(weight), count, deals, wins, interval },
    effective: rounded(learnt.effective),
    amount: money(learnt.amount),
    realized: money(learnt.realized),
    byCount: decimalOrNull(learnt.byCount),
    byAmount: decimalOrNull(learnt.byAmount),
  });
};

const shownJudgement = ({ reliability, ...scores }: Judgement) => ({
  ...scores,
  reliability: reliability.map(({ weight, ...point }) => ({ weight: decimal(weight), ...point })),
});

const shownCell = (currency: string) => {
  const money = moneyIn(currency);
  return ({ byCount, byAmount, weight, credibility, ...cell }: LearntCell) => ({
    ...{ ...cell, effective: rounded(cell.effective) },
    ...{ amount: money(cell.amount), realized: money(cell.realized), credibility: rounded(credibility) },
    ...{ byCount: decimal(byCount), byAmount: decimalOrNull(byAmount), weight: decimal(weight) },
  });
};

const shownRefined = (currency: string, { cells, judged }: Refined) => ({
  cells: cells.map(shownCell(currency)),
  judged: shownJudgement(judged),
});

export const shownCalibration = ({
  currency,
  learntOn,
  judgedOn,
  stages,
  judged,
  refined,
  digest,
}: Findings['calibration']) => ({
  learntOn: learntOn.map(shownInstant),
  judgedOn: judgedOn.map(shownInstant),
  stages: stages.map(shownStage(currency)),
  judged: {
    asItWas: shownJudgement(judged.asItWas),
    byCount: shownJudgement(judged.byCount),
    byAmount: shownJudgement(judged.byAmount),
  },
  refined: refined ? shownRefined(currency, refined) : null,
  digest,
});

export const shownAdopted = ({ digest, basis, least, stages }: CalibrationEvidence) => ({
  ...{ digest, basis },
  stages: stages.map(({ stage, before, after, count, deals = count, byCount, byAmount }) => {
    const isLearnt = (basis === 'count' ? byCount : byAmount) !== null;
    return { stage, before, after, count, deals, adopted: isLearnt && deals >= least };
  }),
});
