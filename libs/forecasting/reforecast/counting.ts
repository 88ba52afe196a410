import { dayMs } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { cellsOf, cubeOf, type Cell, type Cube, type Shape } from './cube.ts';
import { amountsOf, exactHalves } from './digits.ts';
import { groupsBy, type Groups } from './grouping.ts';
import { KeptHoldings } from './kept-holdings.ts';
import { KeptOnce } from './kept-once.ts';
import { sumUp, type Aim, type Pass } from './pass.ts';
import type { ReforecastRequest } from './request.ts';
import { isWorthSharing, sumUpTogether, type Partner } from './together.ts';

/** What is asked of history, whatever the weights. */
export type Question = Omit<ReforecastRequest, 'weights' | 'ageWeights' | 'nextStepRule' | 'overrides'>;

/** What a pass over history is to find, and what its groups are called. */
export interface Asking extends Aim {
  readonly names: Groups['names'];
  /** Everything that the answer depends on beside the rows. */
  readonly text: string;
}

const askings = new KeptOnce<Asking>(8);

export const askingOf = (history: KnownHistory, funnel: DefinedFunnel, question: Question): Asking => {
  const { funnelId, by, ends, horizonDays } = question;
  const graces = ends.map((end) => Math.round(funnelAt(funnel, end).nextStepGraceDays * dayMs));
  const text = JSON.stringify([funnelId, by, horizonDays, ends, graces]);
  return askings.of(history.rows(), text, () => ({ ...aimAt(history, funnel, { question, graces }), text }));
};

interface Asked {
  readonly question: Question;
  readonly graces: readonly number[];
}

const aimAt = (history: KnownHistory, funnel: DefinedFunnel, { question, graces }: Asked): Omit<Asking, 'text'> => {
  const { funnelId, by, ends, horizonDays } = question;
  const horizon = horizonDays === null ? Infinity : horizonDays * dayMs;
  const groups = groupsBy(history, by, ends);
  return {
    ...groups,
    groupCount: groups.names.length,
    rows: history.rows(),
    funnel: history.funnelNames.find(funnelId) ?? -1,
    wantedCurrency: history.currencies.find(funnel.versions[0].definition.currency) ?? -1,
    stageCount: history.stages.texts.length,
    ends: Float64Array.from(ends),
    openIfDueAfter: Float64Array.from(ends, (end, period) => end - graces[period]!),
    realizedUntil: Float64Array.from(ends, (end) => end + horizon),
  };
};

/** Of one list of ends more than is asked again and again: a cell is opened beside it. */
const holdings = new KeptHoldings(2);

/** What was found at the same period ends before, for whatever question, need not be looked for again. */
export const passFor = ({ names: _names, text: _text, ...aim }: Asking): Pass => ({
  ...aim,
  holdings: holdings.of(aim),
});

const cubes = new KeptOnce<Cube>(2);

const shapeOf = ({ groupCount, stageCount }: Aim): Shape => ({ groupCount, slotCount: stageCount });

/** What stood where at each period end and what came of it; counted once for any weights. */
export const cubeFor = (asking: Asking): Cube =>
  cubes.of(asking.rows, asking.text, () => {
    const [lower, higher] = exactHalves(amountsOf(asking.rows), asking.rows.largestSum);
    const pass = passFor(asking);
    return cubeOf(shapeOf(asking), [sumUp(pass, lower), higher && sumUp(pass, higher)]);
  });

/** Counts for a question on two threads, where that is sooner. Whatever is asked of the same cells then is at hand. */
export const countTogether = (
  history: KnownHistory,
  funnel: DefinedFunnel,
  { question, partner }: { readonly question: Question; readonly partner: Partner },
): void => {
  const asking = askingOf(history, funnel, question);
  const { rows } = asking;
  if (rows.largestSum > Number.MAX_SAFE_INTEGER || !isWorthSharing(asking)) return;
  cubes.of(rows, asking.text, () => {
    const pass = passFor(asking);
    const sums = sumUpTogether(
      { ...pass, rows: { ...rows, weighedDeals: [], ownWeights: new Map() } },
      amountsOf(rows),
      partner,
    );
    if (!sums) holdings.forget(pass.holdings);
    return cubeOf(shapeOf(asking), [sums ?? sumUp(passFor(asking), amountsOf(rows))]);
  });
};

export interface Counted {
  readonly cells: readonly Cell[];
  readonly groups: Groups['names'];
}

/** The cells of a question, by period, group, stage and next step. */
export const counted = (history: KnownHistory, funnel: DefinedFunnel, question: Question): Counted => {
  const asking = askingOf(history, funnel, question);
  return { cells: cellsOf(cubeFor(asking)), groups: asking.names };
};
