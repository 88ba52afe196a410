import type { AnswerOf, routes } from '@funnel/contracts';
import { lines, type Judgement, type LearntStage, type Stand } from '@funnel/forecasting';
import { formatPosition, wholeWeight, type Weight } from '@funnel/kernel';
import { moneyIn, shownInstant } from '../reads/present.ts';
import type { Basis, Findings } from './conversation.ts';

export type Shown<Name extends 'waterfall' | 'calibrate'> = AnswerOf<(typeof routes)[Name]>;

export const shownBasis = (funnelId: string, { position, unreadableEvents }: Basis) => {
  return { funnelId, asOfPosition: formatPosition(position), unreadableEvents };
};

export const shownFall = ({ currency, ...fall }: Findings['waterfall']) => {
  const money = moneyIn(currency);
  const stand = ({ count, amount }: Stand) => ({ count, amount: money(amount) });
  const shownLines = lines.map((line) => ({
    line,
    amount: money(fall.lines[line].amount),
    events: fall.lines[line].moves.map(({ eventId, dealId, at, amount }) => {
      return { eventId, dealId, occurredAt: shownInstant(at), amount: money(BigInt(amount)) };
    }),
  }));
  return { opening: stand(fall.opening), lines: shownLines, closing: stand(fall.closing) };
};

const decimal = (weight: Weight): number => weight / wholeWeight;
const decimalOrNull = (weight: Weight | null): number | null => (weight === null ? null : decimal(weight));

const shownStage = (currency: string) => {
  const money = moneyIn(currency);
  return ({ stage, weight, count, wins, interval, ...learnt }: LearntStage) => ({
    ...{ stage, weight: decimal(weight), count, wins, interval },
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

export const shownCalibration = ({
  currency,
  learntOn,
  judgedOn,
  stages,
  judged,
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
  digest,
});
