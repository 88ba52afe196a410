import { dayMs } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import type { KnownHistory } from '../history/history.ts';
import { groupsBy, type Groups } from './grouping.ts';
import { exactParts, type Part } from './halves.ts';
import { countedOnce } from './kept-cells.ts';
import { overrideKeys, sumUp, type Cells, type Pass } from './pass.ts';
import type { ReforecastRequest } from './request.ts';

/** What is asked of history, whatever the weights. */
export type Question = Omit<ReforecastRequest, 'weights' | 'nextStepRule'>;

/** Deals that stood open alike at one period end, exactly. Amounts are minor units. */
export interface Cell {
  /** Places in what was asked for: the period, the group, the stage by its code in the history. */
  readonly period: number;
  readonly group: number;
  readonly stage: number;
  readonly hasOpenStep: boolean;
  count: number;
  /** Of these deals: won by the horizon; and what for. */
  wins: number;
  realized: bigint;
  amount: bigint;
  /** The part of the amount whose weight was set for single deals, and that part weighed, in 1/10,000. */
  apart: bigint;
  apartWeighed: bigint;
}

export interface Counted {
  readonly cells: readonly Cell[];
  readonly groups: Groups['names'];
}

const passOver = (history: KnownHistory, funnel: DefinedFunnel, question: Question): Omit<Pass, 'values'> & Groups => {
  const { ends, horizonDays } = question;
  const horizon = horizonDays === null ? Infinity : horizonDays * dayMs;
  const grace = (end: number): number => Math.round(funnelAt(funnel, end).nextStepGraceDays * dayMs);
  const groups = groupsBy(history, question.by, ends);
  return {
    ...groups,
    groupCount: groups.names.length,
    rows: history.rows(),
    funnel: history.funnelNames.find(question.funnelId) ?? -1,
    currency: history.currencies.find(funnel.versions[0].definition.currency) ?? -1,
    stageCount: history.stages.texts.length,
    ends: Float64Array.from(ends),
    openIfDueAfter: Float64Array.from(ends, (end) => end - grace(end)),
    realizedUntil: Float64Array.from(ends, (end) => end + horizon),
    keepsOverrides: question.overrides === 'kept',
  };
};

const emptyCell = (place: number, { stageCount, groupCount }: Pick<Pass, 'stageCount' | 'groupCount'>): Cell => {
  const stageAndGroup = Math.floor(place / 2);
  const groupAndPeriod = Math.floor(stageAndGroup / stageCount);
  return {
    period: Math.floor(groupAndPeriod / groupCount),
    group: groupAndPeriod % groupCount,
    stage: stageAndGroup % stageCount,
    hasOpenStep: place % 2 === 1,
    ...{ count: 0, wins: 0, realized: 0n, amount: 0n, apart: 0n, apartWeighed: 0n },
  };
};

/** Adds what the pass over one part of the digits gave. */
const addPart = (
  cells: Map<number, Cell>,
  { counts, wins, values, realized, overridden }: Cells,
  factor: bigint,
): void => {
  for (const [place, cell] of cells) {
    cell.count = counts[place]!;
    cell.wins = wins[place]!;
    cell.amount += BigInt(values[place]!) * factor;
    cell.realized += BigInt(realized[place]!) * factor;
  }
  for (const [key, value] of overridden) {
    const cell = cells.get(Math.floor(key / overrideKeys))!;
    cell.apart += BigInt(value) * factor;
    cell.apartWeighed += BigInt(value) * BigInt(key % overrideKeys) * factor;
  }
};

const count = (pass: Omit<Pass, 'values'>, parts: readonly Part[]): readonly Cell[] => {
  const cells = new Map<number, Cell>();
  for (const [index, { values, factor }] of parts.entries()) {
    const summed = sumUp({ ...pass, values });
    if (index === 0) {
      for (let place = 0; place < summed.counts.length; place += 1) {
        if (summed.counts[place] !== 0) cells.set(place, emptyCell(place, pass));
      }
    }
    addPart(cells, summed, factor);
  }
  return [...cells.values()];
};

/** Everything that the counting depends on beside the rows. */
const textOf = (
  { funnelId, by, horizonDays, overrides, ends }: Question,
  { openIfDueAfter }: Pick<Pass, 'openIfDueAfter'>,
) => JSON.stringify([funnelId, by, horizonDays, overrides, ends, [...openIfDueAfter]]);

/** What stood where at each period end and what came of it; counted once for any weights. */
export const counted = (history: KnownHistory, funnel: DefinedFunnel, question: Question): Counted => {
  const pass = passOver(history, funnel, question);
  const cells = countedOnce(pass.rows, textOf(question, pass), () => count(pass, exactParts(pass.rows.minor)));
  return { cells, groups: pass.names };
};
