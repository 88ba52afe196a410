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
}

/** When periods end, milliseconds from now and rising; into how many groups deals fall. */
export interface Span {
  readonly ends: Float64Array;
  readonly groupCount: number;
  readonly exitCodes: ExitCodes;
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
    const { exitCodes } = this.#span;
    let at = begun;
    let stage = deals.stages[deal]!;
    let outlived = deals.outlived[deal]!;
    for (let moves = 0; moves < mostMoves; moves += 1) {
      const sojourn = this.#model[stage]!;
      const visit = sojourn.draw(this.#random, outlived);
      if (visit < 0) return;
      at += sojourn.dwellOf(visit) * 1_000;
      if (at > this.#horizon) return;
      stage = sojourn.exitOf(visit);
      if (stage >= exitCodes.won) return this.#close(deals, deal, { at, isWon: stage === exitCodes.won });
      outlived = 0;
    }
  }

  #close({ groups, amounts }: DealsInPlay, deal: number, { at, isWon }: { at: number; isWon: boolean }): void {
    const cell = this.#cellOf(groups[deal]!, at);
    this.change[cell]! -= amounts[deal]!;
    this.changeCount[cell]! -= 1;
    if (!isWon) return;
    this.won[cell]! += amounts[deal]!;
    this.wonCount[cell]! += 1;
  }

  #cellOf(group: number, at: number): number {
    const { ends } = this.#span;
    let period = 0;
    while (ends[period]! < at) period += 1;
    return group * ends.length + period;
  }
}
