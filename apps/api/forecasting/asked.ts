import { periodEnds, type ReforecastRequest } from '@funnel/forecasting';
import { wholeWeight, type Weight } from '@funnel/kernel';
import type { In } from '../http/input.ts';
import { malformed } from '../problems/problem-error.ts';

const mostPeriods = 1_000;

type Periods = Pick<In<'reforecast'>['body'], 'from' | 'to' | 'every'>;

/** @throws {ProblemError} `malformed` where there is no period, or are too many */
export const endsOf = ({ from, to, every }: Periods, timeZone: string): number[] => {
  if (from > to) throw malformed([{ path: '$.to', expected: `a date not before ${from}`, got: to }]);
  const ends = periodEnds({ from, to, every }, timeZone, mostPeriods + 1);
  if (ends.length <= mostPeriods) return ends;
  throw malformed([{ path: '$.every', expected: `at most ${mostPeriods} periods from ${from} to ${to}`, got: every }]);
};

type AskedTerms = Pick<In<'reforecast'>['body'], 'weights' | 'ageWeights' | 'nextStepRule' | 'overrides'>;

const whole = (weight: number): Weight => Math.round(weight * wholeWeight);

const byStage = <One, Other>(record: Readonly<Record<string, One>> | undefined, to: (one: One) => Other) =>
  Object.fromEntries(Object.entries(record ?? {}).map(([stage, one]) => [stage, to(one)]));

/** Weights and rules as history is asked about them. */
export const termsOf = ({ weights, ageWeights, nextStepRule, overrides }: AskedTerms) =>
  ({
    weights: byStage(weights, whole),
    ageWeights: byStage(ageWeights, (ages) =>
      ages.map(({ fromDays, weight }) => ({ fromDays, weight: whole(weight) })),
    ),
    ...{ nextStepRule, overrides },
  }) satisfies Partial<ReforecastRequest>;
