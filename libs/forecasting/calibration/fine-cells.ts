import { dayMs } from '@funnel/kernel';
import { funnelAt, type DefinedFunnel } from '@funnel/sales';
import { ExactSum } from '../exact-sum.ts';
import { currencyOf, instantOf, minorOf, stageOf, statusOf } from '../history/columns.ts';
import type { KnownHistory } from '../history/history.ts';
import { dueOf, status, type Rows } from '../history/rows.ts';
import { groupsBy, keyOf, type Groups } from '../reforecast/grouping.ts';

/** What is asked of the cells of a calibration. Instants are milliseconds since 1970. */
export interface FineQuestion {
  readonly funnelId: string;
  /** Rising. */
  readonly ends: readonly number[];
  readonly horizonDays: number | null;
  /** Days in the stage at which the next bucket begins, rising; none: one bucket. */
  readonly ageDays: readonly number[];
  /** `total`: one segment. */
  readonly segment: 'total' | 'owner' | 'team' | 'region' | 'industry';
}

/** Deals that stood open alike at one period end: in one stage, for as long, in one segment. */
export interface FineCell {
  /** Places in what was asked for; the stage by its code in the history. */
  readonly period: number;
  readonly stage: number;
  readonly age: number;
  readonly segment: string | null;
  readonly hasOpenStep: boolean;
  count: number;
  /** Of them: won by the horizon. */
  wins: number;
  readonly amount: ExactSum;
  readonly realized: ExactSum;
  /** Which deals, by their code. */
  readonly deals: Set<number>;
}

interface Frame {
  readonly rows: Rows;
  readonly groups: Groups;
  readonly currency: number;
  readonly ends: readonly number[];
  readonly openIfDueAfter: readonly number[];
  readonly ages: readonly number[];
  readonly horizon: number;
}

/** The row in which the deal stands as won at an instant; -1 where it does not. */
const wonAt = (rows: Rows, { row, end }: { row: number; end: number }, until: number): number => {
  let last = row;
  while (last + 1 < end && instantOf(rows, last + 1) <= until) last += 1;
  return statusOf(rows, last) === status.won ? last : -1;
};

class FineCounting {
  readonly #frame: Frame;
  readonly cells = new Map<string, FineCell>();

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  addDeal(deal: number): void {
    const { rows, currency } = this.#frame;
    const [first, end] = [rows.first[deal]!, rows.end[deal]!];
    let begun = 0;
    for (let row = first; row < end; row += 1) {
      if (this.#beginsVisit(row, first)) begun = instantOf(rows, row);
      if (statusOf(rows, row) === status.open && currencyOf(rows, row) === currency)
        this.#addRow(deal, { row, end, begun });
    }
  }

  /** The row holds at the ends of the periods until its deal changes. */
  #addRow(deal: number, { row, end, begun }: { row: number; end: number; begun: number }): void {
    const { rows, ends } = this.#frame;
    const next = row + 1 < end ? instantOf(rows, row + 1) : Infinity;
    for (
      let period = this.#firstFrom(instantOf(rows, row));
      period < ends.length && ends[period]! < next;
      period += 1
    ) {
      this.#count(this.#cellOf(row, period, { deal, begun }), deal, { row, end });
    }
  }

  #firstFrom(at: number): number {
    const { ends } = this.#frame;
    let period = 0;
    while (period < ends.length && ends[period]! < at) period += 1;
    return period;
  }

  #beginsVisit(row: number, first: number): boolean {
    const { rows } = this.#frame;
    return row === first || stageOf(rows, row) !== stageOf(rows, row - 1) || statusOf(rows, row - 1) !== status.open;
  }

  #cellOf(row: number, period: number, { deal, begun }: { deal: number; begun: number }): FineCell {
    const { rows, groups, ends, ages, openIfDueAfter } = this.#frame;
    const stage = stageOf(rows, row);
    const age = ages.filter((bound) => ends[period]! - begun >= bound).length;
    const group = groups.groupOf[period * groups.keyCount + keyOf(groups, deal, row)]!;
    const hasOpenStep = dueOf(rows, row) > openIfDueAfter[period]!;
    const key = `${period} ${stage} ${age} ${group} ${hasOpenStep}`;
    const known = this.cells.get(key);
    if (known) return known;
    const segment = groups.names[group]!;
    const sums = { count: 0, wins: 0, amount: new ExactSum(), realized: new ExactSum(), deals: new Set<number>() };
    const cell: FineCell = { period, stage, age, segment, hasOpenStep, ...sums };
    this.cells.set(key, cell);
    return cell;
  }

  #count(cell: FineCell, deal: number, { row, end }: { row: number; end: number }): void {
    const { rows, ends, horizon } = this.#frame;
    cell.count += 1;
    cell.deals.add(deal);
    cell.amount.add(minorOf(rows, row));
    const won = wonAt(rows, { row, end }, ends[cell.period]! + horizon);
    if (won < 0) return;
    cell.wins += 1;
    cell.realized.add(minorOf(rows, won));
  }
}

/** What stood where, for how long and in which segment at each period end, and what came of it. */
export const finelyCounted = (history: KnownHistory, funnel: DefinedFunnel, question: FineQuestion): FineCell[] => {
  const { funnelId, ends, horizonDays, ageDays, segment } = question;
  const rows = history.rows();
  const counting = new FineCounting({
    ...{ rows, ends, groups: groupsBy(history, segment, ends) },
    currency: history.currencies.find(funnel.versions[0].definition.currency) ?? -1,
    openIfDueAfter: ends.map((end) => end - Math.round(funnelAt(funnel, end).nextStepGraceDays * dayMs)),
    ages: ageDays.map((days) => days * dayMs),
    horizon: horizonDays === null ? Infinity : horizonDays * dayMs,
  });
  const code = history.funnelNames.find(funnelId) ?? -1;
  for (let deal = 0; deal < rows.funnelOf.length; deal += 1) if (rows.funnelOf[deal] === code) counting.addDeal(deal);
  return [...counting.cells.values()];
};
