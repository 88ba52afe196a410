import type { Weight } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { accuracyOf } from '../reforecast/accuracy.ts';
import { stageWeights } from '../reforecast/terms.ts';
import { finelyCounted, type FineCell, type FineQuestion } from './fine-cells.ts';
import { learntCells, merged, weightsOf, type LearntCell } from './learnt-cells.ts';
import { scored, type Judgement } from './scoring.ts';

export interface Refined {
  /** Stage by stage in funnel order, then by time in stage, then by segment; only those in which deals stood. */
  readonly cells: readonly LearntCell[];
  /** Of the cells' weights, on the periods after the split. */
  readonly judged: Judgement;
}

export interface RefinedQuestion extends Omit<FineQuestion, 'ends'> {
  /** Ends of periods, rising. */
  readonly learntOn: readonly number[];
  readonly judgedOn: readonly number[];
}

interface Judged {
  readonly cells: readonly FineCell[];
  readonly ends: readonly number[];
  readonly learnt: (cell: FineCell) => Weight | undefined;
}

const judge = (history: KnownHistory, funnel: DefinedFunnel, { cells, ends, learnt }: Judged): Judgement => {
  const terms = ends.map((end) => {
    const definition = funnelAt(funnel, end);
    return { definition, weights: stageWeights(history, definition, {}) };
  });
  const weightOf = (cell: FineCell): Weight => {
    const { definition, weights } = terms[cell.period]!;
    return definition.nextStepRule && !cell.hasOpenStep ? 0 : (learnt(cell) ?? weights[cell.stage]!);
  };
  const sums = ends.map(() => ({ key: 'total', count: 0, amount: 0n, forecast: 0n, realized: 0n }));
  for (const cell of cells) {
    const sum = sums[cell.period]!;
    sum.forecast += cell.amount.total * BigInt(weightOf(cell));
    sum.realized += cell.realized.total;
  }
  const periods = ends.map((at, period) => ({ at, groups: [sums[period]!] }));
  return { ...scored(cells, weightOf), ...accuracyOf({ periods }) };
};

/** What weights by time in stage and by segment would have been, and how they did after the split. */
export const refine = (
  history: KnownHistory,
  funnel: DefinedFunnel,
  { learntOn, judgedOn, ...question }: RefinedQuestion,
): Refined => {
  const { ageDays } = question;
  const seen = merged(finelyCounted(history, funnel, { ...question, ends: learntOn }));
  const { stages } = funnelAt(funnel, learntOn.at(-1) ?? -Infinity);
  const cells = stages.flatMap(({ key }) => {
    const code = history.stages.find(key);
    const ofStage = seen.filter(({ stage }) => stage === code);
    return learntCells(key, ofStage, ageDays);
  });
  const later = finelyCounted(history, funnel, { ...question, ends: judgedOn });
  const learnt = weightsOf(seen, ageDays);
  return { cells, judged: judge(history, funnel, { cells: later, ends: judgedOn, learnt }) };
};
