import type { Model } from './model.ts';
import type { ExitCodes } from './observed.ts';
import type { Random } from './random.ts';

/** Deals that may move, as columns. */
export interface DealsInPlay {
  readonly stages: Uint32Array;
  readonly groups: Uint32Array;
  readonly amounts: Float64Array;
  /** How many visits of its stage were not longer than the deal has stood there. */
  readonly outlived: Uint32Array;
  /** Which of them count towards the target. */
  readonly counting: Uint8Array;
}

/** When periods end, milliseconds from now and rising; into how many groups deals fall. */
export interface Span {
  readonly ends: Float64Array;
  readonly groupCount: number;
  readonly exitCodes: ExitCodes;
  /** Until when a win counts towards the target, milliseconds from now. */
  readonly targetUntil: number;
}

/** More moves than a deal makes; visits without length cannot go round for ever. */
const mostMoves = 1_000;

/** One possible future: what is added, won and lost in each period, by group then period. */
export class Future {
  readonly won: Float64Array;
  readonly wonCount: Float64Array;
  /** What is added, less what is won and lost. */
  readonly change: Float64Array;
  readonly changeCount: Float64Array;
  readonly #span: Span;
  readonly #model: Model;
  readonly #random: Random;
  readonly #horizon: number;
  #closedAt = 0;
  /** What is won in time of the deals that count towards the target. */
  towards = 0;

  constructor(span: Span, model: Model, random: Random) {
    const size = span.ends.length * span.groupCount;
    this.#span = span;
    this.#model = model;
    this.#random = random;
    this.#horizon = span.ends.at(-1) ?? 0;
    this.won = new Float64Array(size);
    this.wonCount = new Float64Array(size);
    this.change = new Float64Array(size);
    this.changeCount = new Float64Array(size);
  }

  /** A deal is added, milliseconds from now. */
  add(deals: DealsInPlay, deal: number, at: number): void {
    const cell = this.#cellOf(deals.groups[deal]!, at);
    this.change[cell]! += deals.amounts[deal]!;
    this.changeCount[cell]! += 1;
    this.follow(deals, deal, at);
  }

  /** Lets a deal go its way, whose present visit began at `begun`, milliseconds from now: before now for one that stands open. */
  follow(deals: DealsInPlay, deal: number, begun: number): void {
    const { exitCodes, targetUntil } = this.#span;
    const end = this.#endOf(deals, deal, begun);
    if (end === exitCodes.none) return;
    const amount = deals.amounts[deal]!;
    const cell = this.#cellOf(deals.groups[deal]!, this.#closedAt);
    this.change[cell]! -= amount;
    this.changeCount[cell]! -= 1;
    if (end === exitCodes.lost) return;
    this.won[cell]! += amount;
    this.wonCount[cell]! += 1;
    if (deals.counting[deal] === 1 && this.#closedAt <= targetUntil) this.towards += amount;
  }

  /** Whether a deal that is added now is won in time for the target. */
  isWonInTime(deals: DealsInPlay, deal: number): boolean {
    const { exitCodes, targetUntil } = this.#span;
    return this.#endOf(deals, deal, 0) === exitCodes.won && this.#closedAt <= targetUntil;
  }

  /** How a deal ends within the periods, `none` if it does not; `#closedAt` is when. */
  #endOf(deals: DealsInPlay, deal: number, begun: number): number {
    const { exitCodes } = this.#span;
    let at = begun;
    let stage = deals.stages[deal]!;
    let outlived = deals.outlived[deal]!;
    for (let moves = 0; moves < mostMoves; moves += 1) {
      const sojourn = this.#model[stage]!;
      const visit = sojourn.draw(this.#random, outlived);
      if (visit < 0) break;
      at += sojourn.dwellOf(visit) * 1_000;
      if (at > this.#horizon) break;
      stage = sojourn.exitOf(visit);
      this.#closedAt = at;
      if (stage >= exitCodes.won) return stage;
      outlived = 0;
    }
    return exitCodes.none;
  }

  #cellOf(group: number, at: number): number {
    const { ends } = this.#span;
    let period = 0;
    while (ends[period]! < at) period += 1;
    return group * ends.length + period;
  }
}
