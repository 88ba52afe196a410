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
  readonly #exitCodes: ExitCodes;
  /** When what is looked at happens, milliseconds from now. A field: numbers with a point are made anew for each call. */
  #at = 0;
  /** What is won in time of the deals that count towards the target. */
  towards = 0;

  constructor(span: Span, model: Model, random: Random) {
    const size = span.ends.length * span.groupCount;
    this.#span = span;
    this.#model = model;
    this.#random = random;
    this.#horizon = span.ends.at(-1) ?? 0;
    this.#exitCodes = span.exitCodes;
    this.won = new Float64Array(size);
    this.wonCount = new Float64Array(size);
    this.change = new Float64Array(size);
    this.changeCount = new Float64Array(size);
  }

  /** Lets deals go their way, whose present visits began at those times, milliseconds from now: before now. */
  followAll(deals: DealsInPlay, begun: Float64Array): void {
    for (let deal = 0; deal < begun.length; deal += 1) {
      this.#at = begun[deal]!;
      this.#follow(deals, deal);
    }
  }

  /** A deal is added, milliseconds from now. */
  add(deals: DealsInPlay, deal: number, at: number): void {
    this.#at = at;
    const cell = this.#cellOf(deals.groups[deal]!);
    this.change[cell]! += deals.amounts[deal]!;
    this.changeCount[cell]! += 1;
    this.#follow(deals, deal);
  }

  /** Whether a deal that is added now is won in time for the target. */
  isWonInTime(deals: DealsInPlay, deal: number): boolean {
    const { exitCodes, targetUntil } = this.#span;
    this.#at = 0;
    return this.#endOf(deals.stages[deal]!, deals.outlived[deal]!) === exitCodes.won && this.#at <= targetUntil;
  }

  #follow(deals: DealsInPlay, deal: number): void {
    const { exitCodes, targetUntil } = this.#span;
    const end = this.#endOf(deals.stages[deal]!, deals.outlived[deal]!);
    if (end === exitCodes.none) return;
    const amount = deals.amounts[deal]!;
    const cell = this.#cellOf(deals.groups[deal]!);
    this.change[cell]! -= amount;
    this.changeCount[cell]! -= 1;
    if (end === exitCodes.lost) return;
    this.won[cell]! += amount;
    this.wonCount[cell]! += 1;
    if (deals.counting[deal] === 1 && this.#at <= targetUntil) this.towards += amount;
  }

  /** How a deal ends within the periods whose visit began at `#at`, `none` if it does not; `#at` is when. */
  #endOf(begun: number, shorter: number): number {
    const { won, none } = this.#exitCodes;
    let [stage, outlived, at] = [begun, shorter, this.#at];
    for (let moves = 0; moves < mostMoves; moves += 1) {
      const sojourn = this.#model[stage]!;
      const visit = sojourn.draw(this.#random, outlived);
      if (visit < 0) break;
      at += sojourn.dwellOf(visit) * 1_000;
      if (at > this.#horizon) break;
      stage = sojourn.exitOf(visit);
      if (stage >= won) {
        this.#at = at;
        return stage;
      }
      outlived = 0;
    }
    return none;
  }

  /** Of what happens to a group at `#at`. */
  #cellOf(group: number): number {
    const { ends } = this.#span;
    let period = 0;
    while (ends[period]! < this.#at) period += 1;
    return group * ends.length + period;
  }
}
