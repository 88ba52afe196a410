import { divideRounded, wholeWeight, type Weight } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { accuracyOf } from '../reforecast/accuracy.ts';
import { counted, type Question as Counting } from '../reforecast/counting.ts';
import type { Cell } from '../reforecast/cube.ts';
import { reforecast } from '../reforecast/reforecast.ts';
import { stageWeights } from '../reforecast/terms.ts';
import type { FineQuestion } from './fine-cells.ts';
import { refine, type Refined } from './refined.ts';
import { scored, type Judgement } from './scoring.ts';
import { samplesByStage, type Sample } from './standing-times.ts';
import { wilson } from './wilson.ts';

type Question = Counting & { readonly overrides: 'dropped' };

/** Instants are milliseconds since 1970. */
export interface CalibrationRequest extends Omit<Question, 'by' | 'overrides'> {
  /** Weights are learnt on the periods that end up to here … */
  readonly splitAt: number;
  /** … and judged on those that end after here; after the split when absent. */
  readonly judgedAfter?: number | undefined;
  /** Whether to tell apart how long deals have stood in their stage, and whose they are. */
  readonly refined?: Pick<FineQuestion, 'ageDays' | 'segment'> | undefined;
}

/** What history says a stage is worth, of the deals that stood in it at the ends of the periods it was learnt on. */
export interface LearntStage extends Sample {
  readonly stage: string;
  /** In the version of the funnel in force at the last of those periods. */
  readonly weight: Weight;
  /** A deal counts at every period end at which it stood there. */
  readonly count: number;
  readonly wins: number;
  readonly amount: bigint;
  readonly realized: bigint;
  /** wins ÷ count and realized ÷ amount, never above 1; `null` where nothing stood there. */
  readonly byCount: Weight | null;
  readonly byAmount: Weight | null;
  /** 95 % of Wilson, of the share by count, with as many trials as the deals are independent ones. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface Calibration {
  readonly currency: string;
  readonly learntOn: readonly number[];
  readonly judgedOn: readonly number[];
  /** In funnel order. */
  readonly stages: readonly LearntStage[];
  readonly judged: { readonly asItWas: Judgement; readonly byCount: Judgement; readonly byAmount: Judgement };
  /** By time in stage and by segment, where that was asked for. */
  readonly refined?: Refined;
}

type Sums = { -readonly [Field in 'count' | 'wins' | 'amount' | 'realized']: Cell[Field] };

const weightOf = (part: bigint, whole: bigint): Weight | null =>
  whole <= 0n ? null : Math.min(wholeWeight, Number(divideRounded(part * BigInt(wholeWeight), whole)));

const sumsByStage = (cells: readonly Cell[]): Map<number, Sums> => {
  const sums = new Map<number, Sums>();
  for (const { stage, count, wins, amount, realized } of cells) {
    const sum = sums.get(stage) ?? { count: 0, wins: 0, amount: 0n, realized: 0n };
    sums.set(stage, sum);
    sum.count += count;
    sum.wins += wins;
    sum.amount += amount;
    sum.realized += realized;
  }
  return sums;
};

const learnt = (history: KnownHistory, funnel: DefinedFunnel, question: Question): LearntStage[] => {
  const definition = funnelAt(funnel, question.ends.at(-1) ?? -Infinity);
  const sums = sumsByStage(counted(history, funnel, question).cells);
  const samples = samplesByStage(history, funnel, question);
  return definition.stages.map(({ key, weight }) => {
    const none: Sums = { count: 0, wins: 0, amount: 0n, realized: 0n };
    const code = history.stages.find(key) ?? -1;
    const [told, sample] = [sums.get(code) ?? none, samples[code] ?? { deals: 0, effective: 0 }];
    return {
      ...{ stage: key, weight: Math.round(weight * wholeWeight), ...told, ...sample },
      byCount: weightOf(BigInt(told.wins), BigInt(told.count)),
      byAmount: weightOf(told.realized, told.amount),
      interval: wilson((told.wins / told.count) * sample.effective, sample.effective),
    };
  });
};

type Given = Readonly<Record<string, Weight>>;

const judged = (history: KnownHistory, funnel: DefinedFunnel, question: Question) => {
  const { cells } = counted(history, funnel, question);
  return (weights: Given): Judgement => {
    const terms = question.ends.map((end) => {
      const definition = funnelAt(funnel, end);
      return { definition, weights: stageWeights(history, definition, weights) };
    });
    const weightOf = ({ period, stage, hasOpenStep }: Cell): Weight => {
      const { definition, weights } = terms[period]!;
      return definition.nextStepRule && !hasOpenStep ? 0 : weights[stage]!;
    };
    return { ...scored(cells, weightOf), ...accuracyOf(reforecast(history, funnel, { ...question, weights })) };
  };
};

const known = (stages: readonly LearntStage[], by: 'byCount' | 'byAmount'): Given =>
  Object.fromEntries(stages.flatMap(({ stage, [by]: weight }) => (weight === null ? [] : [[stage, weight]])));

/**
 * What the stages' weights should have been by what was won of the deals in them, learnt on the periods before a split and
 * judged on those after it, never on the same ones. Weights of single deals are left out of it.
 */
export const calibrate = (history: KnownHistory, funnel: DefinedFunnel, request: CalibrationRequest): Calibration => {
  const { splitAt, judgedAfter = splitAt, ends, refined, ...asked } = request;
  const question: Question = { ...asked, ends, by: 'total', overrides: 'dropped' };
  const learntOn = ends.filter((end) => end <= splitAt);
  const judgedOn = ends.filter((end) => end > judgedAfter);
  const stages = learnt(history, funnel, { ...question, ends: learntOn });
  const judge = judged(history, funnel, { ...question, ends: judgedOn });
  return {
    ...{ currency: funnel.versions[0].definition.currency, learntOn, judgedOn, stages },
    judged: {
      asItWas: judge({}),
      byCount: judge(known(stages, 'byCount')),
      byAmount: judge(known(stages, 'byAmount')),
    },
    ...(refined && { refined: refine(history, funnel, { ...question, ...refined, learntOn, judgedOn }) }),
  };
};
