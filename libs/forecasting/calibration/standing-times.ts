import type { DefinedFunnel } from '@funnel/sales';
import { currencyOf, instantOf, stageOf, statusOf } from '../history/columns.ts';
import type { KnownHistory } from '../history/history.ts';
import { status, type Rows } from '../history/rows.ts';

/** Of deals that were counted once or several times each. */
export interface Sample {
  /** Different deals. */
  readonly deals: number;
  /**
   * As how many independent trials all the counts together may be taken, where a deal fares the same each time it is counted:
   * (Σ times)² ÷ Σ times² (Kish, 1965). So many as deals where all were counted as often as each other, fewer otherwise.
   */
  readonly effective: number;
}

interface Times {
  deals: number;
  sum: number;
  squares: number;
}

const sampleOf = ({ deals, sum, squares }: Times): Sample => {
  return { deals, effective: squares === 0 ? 0 : sum ** 2 / squares };
};

/** `times`: how often each deal was counted. */
export const sampled = (times: Iterable<number>): Sample => {
  const told: Times = { deals: 0, sum: 0, squares: 0 };
  for (const each of times) note(told, each);
  return sampleOf(told);
};

const note = (told: Times, times: number): void => {
  told.deals += 1;
  told.sum += times;
  told.squares += times ** 2;
};

interface Question {
  readonly funnelId: string;
  /** Rising. */
  readonly ends: readonly number[];
}

interface Frame {
  readonly rows: Rows;
  readonly ends: readonly number[];
  readonly currency: number | undefined;
}

const standsOpen = (row: number, { rows, currency }: Frame): boolean =>
  statusOf(rows, row) === status.open && currencyOf(rows, row) === currency;

/** By the code of a stage: at how many of the ends a deal stood open in it. */
const timesOf = (deal: number, frame: Frame): ReadonlyMap<number, number> => {
  const { rows, ends } = frame;
  const times = new Map<number, number>();
  const end = rows.end[deal]!;
  let period = 0;
  for (let row = rows.first[deal]!; row < end; row += 1) {
    while (period < ends.length && ends[period]! < instantOf(rows, row)) period += 1;
    const begun = period;
    const next = row + 1 < end ? instantOf(rows, row + 1) : Infinity;
    while (period < ends.length && ends[period]! < next) period += 1;
    if (period === begun || !standsOpen(row, frame)) continue;
    const stage = stageOf(rows, row);
    times.set(stage, (times.get(stage) ?? 0) + period - begun);
  }
  return times;
};

/** By the code of a stage: the deals that stood open in it at the ends of periods. */
export const samplesByStage = (
  history: KnownHistory,
  funnel: DefinedFunnel,
  { funnelId, ends }: Question,
): readonly Sample[] => {
  const rows = history.rows();
  const wanted = history.funnelNames.find(funnelId);
  const frame = { rows, ends, currency: history.currencies.find(funnel.versions[0].definition.currency) };
  const told = history.stages.texts.map((): Times => ({ deals: 0, sum: 0, squares: 0 }));
  for (let deal = 0; deal < rows.funnelOf.length; deal += 1) {
    if (rows.funnelOf[deal] !== wanted) continue;
    for (const [stage, times] of timesOf(deal, frame)) note(told[stage]!, times);
  }
  return told.map(sampleOf);
};
