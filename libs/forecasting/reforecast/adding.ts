import { instantOf, kindAt, kindOf, stageOf, statusOf } from '../history/columns.ts';
import { dueOf, status } from '../history/rows.ts';
import type { Stretch } from '../stretch.ts';
import type { Amounts } from './digits.ts';
import { factsEach, placeBefore } from './holdings.ts';
import { keySteps } from './grouping.ts';
import { sumsEach, winsAfter, type Pass } from './pass.ts';

interface Additions {
  readonly places: Int32Array;
  readonly amounts: Float64Array;
}

/** So many are noted, and those of one row more. */
const usualRoom = 4_096;
const additions = (room: number): Additions => ({ places: new Int32Array(room), amounts: new Float64Array(room) });

const addTo = (sums: Float64Array, { places, amounts }: Additions, count: number): void => {
  for (let addition = 0; addition < count; addition += 1) {
    const place = places[addition]!;
    sums[place]! += 1;
    sums[place + 1]! += amounts[addition]!;
  }
};

/** By whether a deal was won: what makes the instant of its last row the one when it was won, or none at all. */
const gates = Float64Array.of(NaN, 0);

/**
 * Adds what was found to the sums of cells. What is to be added where is noted first, and added then in a go:
 * cells are far from each other, and only so the processor fetches the next ones while it waits for one.
 */
export class Adding {
  readonly #pass: Pass;
  readonly #amounts: Amounts;
  readonly #stood: Additions;
  readonly #won: Additions;

  constructor(pass: Pass, amounts: Amounts) {
    this.#pass = pass;
    this.#amounts = amounts;
    this.#stood = additions(usualRoom + pass.ends.length);
    this.#won = additions(usualRoom + pass.ends.length);
  }

  /**
   * Adds what stood open, and what of it was won where that is all there is to it: once, in the last row, not to be taken
   * back. What is realized then depends on one instant. @returns the other deals that were won: there are few
   */
  add(sums: Float64Array, deals: Stretch): number[] {
    const { rows, keys, openIfDueAfter, realizedUntil, holdings } = this.#pass;
    const [{ first, end, winsOf }, { held, heldUntil }] = [rows, holdings];
    // Told to be whole numbers of 32 bits here, they need not be asked for it row by row.
    const [from, until] = [deals.from | 0, deals.until | 0];
    const [stood, won, values, valueStep] = [this.#stood, this.#won, this.#amounts.values, this.#amounts.step | 0];
    const [wanted, stageCount] = [kindOf(this.#pass.wantedCurrency, status.open), this.#pass.stageCount | 0];
    const keyed = keySteps[this.#pass.keyedBy];
    const [perDeal, perRow, bits] = [keyed.perDeal | 0, keyed.perRow | 0, keyed.bits | 0];
    const periodSums = (this.#pass.keyCount * stageCount * 2 * sumsEach) | 0;
    const others: number[] = [];
    let place = placeBefore(holdings, from) | 0;
    let [told, wins] = [0, 0];
    for (let deal = from; deal < until; deal += 1) {
      const stop = heldUntil[deal]! | 0;
      if (place === stop) continue;
      const last = (end[deal]! | 0) - 1;
      const isWon = +(statusOf(rows, last) === status.won);
      const wasWon = isWon & +(statusOf(rows, Math.max(first[deal]!, last - 1)) === status.won);
      const isOther = +((wasWon | (winsOf[deal]! - isWon)) !== 0);
      if (isOther) others.push(deal);
      const winAt = instantOf(rows, last) + gates[isWon & ~isOther]!;
      const winValue = values[last * valueStep]!;
      for (; place < stop; place += factsEach) {
        const row = held[place]!;
        if (kindAt(rows, row) !== wanted) continue;
        const span = held[place + 1]!;
        const key = keys[deal * perDeal + row * perRow]! & bits;
        const base = (key * stageCount + stageOf(rows, row)) * 2;
        const dueThen = dueOf(rows, row);
        if (told > usualRoom) {
          addTo(sums, stood, told);
          addTo(sums, won, wins);
          told = 0;
          wins = 0;
        }
        for (let period = span & 0xffff; period < span >>> 16; period += 1) {
          const sum = (period * periodSums + (base + +(dueThen > openIfDueAfter[period]!)) * sumsEach) | 0;
          stood.places[told] = sum;
          stood.amounts[told] = values[row * valueStep]!;
          told += 1;
          won.places[wins] = sum + winsAfter;
          won.amounts[wins] = winValue;
          wins += +(winAt <= realizedUntil[period]!);
        }
      }
    }
    addTo(sums, stood, told);
    addTo(sums, won, wins);
    return others;
  }
}
