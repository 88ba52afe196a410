import type { DefinedFunnel } from '@funnel/sales';
import { currencyOf, instantOf, minorOf, ownerOf, stageOf, statusOf } from '../history/columns.ts';
import { codes, floats } from '../history/growing.ts';
import type { KnownHistory } from '../history/history.ts';
import { status, type Rows } from '../history/rows.ts';

/** Where a visit led to, beside the code of a stage: places after the last stage. */
export const exitsFor = (stageCount: number) => ({ won: stageCount, lost: stageCount + 1, none: stageCount + 2 });
export type ExitCodes = ReturnType<typeof exitsFor>;

/** Milliseconds as whole seconds, which is how exactly visits are told apart. */
export const wholeSeconds = (milliseconds: number): number => Math.min(2 ** 32 - 1, Math.floor(milliseconds / 1_000));

/** Every visit of a stage until some instant: how many seconds it lasted, and where it led to (`none`: it lasts still). */
export interface Visits {
  readonly stages: Uint32Array;
  readonly dwells: Uint32Array;
  readonly exits: Uint32Array;
}

/** Deals as columns, in the order in which they were first recorded. */
export interface DealsSeen {
  readonly stages: Uint32Array;
  readonly owners: Uint32Array;
  readonly amounts: Float64Array;
  /** Of open deals how long they have stood in their stage, of arrivals when they came; milliseconds. */
  readonly times: Float64Array;
}

/** What could be seen of one funnel at an instant. */
export interface Observed {
  readonly asOf: number;
  readonly exitCodes: ExitCodes;
  readonly visits: Visits;
  readonly open: DealsSeen;
  /** Deals when they were added or reopened, in the stage where they began, worth what they are at the instant. */
  readonly arrivals: DealsSeen;
  /** What was won, when. */
  readonly wins: DealsSeen;
}

class SeenColumns {
  readonly #stages = codes();
  readonly #owners = codes();
  readonly #amounts = floats();
  readonly #times = floats();

  push(rows: Rows, row: number, { began = row, time }: { began?: number; time: number }): void {
    this.#stages.push(stageOf(rows, began));
    this.#owners.push(ownerOf(rows, row));
    this.#amounts.push(minorOf(rows, row));
    this.#times.push(time);
  }

  get columns(): DealsSeen {
    const [stages, owners] = [this.#stages.values.slice(), this.#owners.values.slice()];
    return { stages, owners, amounts: this.#amounts.values.slice(), times: this.#times.values.slice() };
  }
}

interface Frame {
  readonly rows: Rows;
  readonly asOf: number;
  readonly exitCodes: ExitCodes;
  readonly currency: number;
}

/** Walks the rows of one deal after another and notes its visits. */
class Observing {
  readonly #frame: Frame;
  readonly #stages = codes();
  readonly #dwells = codes();
  readonly #exits = codes();
  readonly #open = new SeenColumns();
  readonly #arrivals = new SeenColumns();
  readonly #wins = new SeenColumns();

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  addDeal(deal: number): void {
    const { rows, asOf, currency } = this.#frame;
    const first = rows.first[deal]!;
    let end = first;
    while (end < rows.end[deal]! && instantOf(rows, end) <= asOf) end += 1;
    // What is kept in another currency than the funnel's could not be added up.
    if (end === first || currencyOf(rows, end - 1) !== currency) return;
    let begun = -1;
    for (let row = first; row < end; row += 1) begun = this.#step(row, begun, end - 1);
    if (begun < 0) return;
    this.#visit(begun, asOf, this.#frame.exitCodes.none);
    this.#open.push(rows, end - 1, { time: asOf - instantOf(rows, begun) });
  }

  /** What a row ends and begins; answers the row in which the present visit began, -1 while the deal is closed. */
  #step(row: number, begun: number, last: number): number {
    const { rows, exitCodes } = this.#frame;
    const at = instantOf(rows, row);
    if (statusOf(rows, row) !== status.open) {
      if (begun < 0) return begun;
      const isWon = statusOf(rows, row) === status.won;
      this.#visit(begun, at, isWon ? exitCodes.won : exitCodes.lost);
      if (isWon) this.#wins.push(rows, row, { time: at });
      return -1;
    }
    if (begun >= 0 && stageOf(rows, row) === stageOf(rows, begun)) return begun;
    if (begun >= 0) this.#visit(begun, at, stageOf(rows, row));
    else this.#arrivals.push(rows, last, { began: row, time: at });
    return row;
  }

  #visit(begun: number, until: number, exit: number): void {
    const { rows } = this.#frame;
    this.#stages.push(stageOf(rows, begun));
    this.#dwells.push(wholeSeconds(until - instantOf(rows, begun)));
    this.#exits.push(exit);
  }

  get observed(): Pick<Observed, 'visits' | 'open' | 'arrivals' | 'wins'> {
    const [stages, dwells] = [this.#stages.values.slice(), this.#dwells.values.slice()];
    const visits = { stages, dwells, exits: this.#exits.values.slice() };
    return { visits, open: this.#open.columns, arrivals: this.#arrivals.columns, wins: this.#wins.columns };
  }
}

/** What could be seen of a funnel at an instant, by business time. */
export const observe = (history: KnownHistory, funnel: DefinedFunnel, asOf: number): Observed => {
  const { currency, funnelId } = funnel.versions[0].definition;
  const rows = history.rows();
  const exitCodes = exitsFor(history.stages.texts.length);
  const observing = new Observing({ rows, asOf, exitCodes, currency: history.currencies.find(currency) ?? -1 });
  const code = history.funnelNames.find(funnelId) ?? -1;
  for (let deal = 0; deal < rows.funnelOf.length; deal += 1) if (rows.funnelOf[deal] === code) observing.addDeal(deal);
  return { asOf, exitCodes, ...observing.observed };
};
