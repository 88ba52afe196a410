import { status } from '../history/rows.ts';
import { factsEach, type Block } from './block.ts';
import { keySteps, type Pass, type Stretch, type Sums } from './pass.ts';

interface Additions {
  readonly cells: Int32Array;
  readonly amounts: Float64Array;
  count: number;
}

const usualRoom = 4_096;
const additions = (room: number): Additions => ({
  ...{ cells: new Int32Array(room), amounts: new Float64Array(room), count: 0 },
});

const addTo = (sums: Float64Array, { cells, amounts, count }: Additions): void => {
  for (let place = 0; place < count; place += 1) {
    const cell = cells[place]! * 2;
    sums[cell]! += 1;
    sums[cell + 1]! += amounts[place]!;
  }
};

/**
 * Adds what was found in blocks to the sums of cells. What is to be added where is noted first, and added then in a go:
 * cells are far from each other, and only so the processor fetches the next ones while it waits for one.
 */
export class Adding {
  readonly #pass: Pass;
  readonly #values: Float64Array;
  readonly #stood: Additions;
  readonly #won: Additions;

  constructor(pass: Pass, values: Float64Array) {
    this.#pass = pass;
    this.#values = values;
    const room = Math.max(usualRoom, pass.ends.length);
    this.#stood = additions(room);
    this.#won = additions(room);
  }

  add(sums: Sums, block: Block, { from, count }: Pick<Stretch, 'from'> & { readonly count: number }): void {
    for (let place = 0; place < count;) {
      place = this.#note(block, place, { from, count });
      addTo(sums.stood, this.#stood);
      addTo(sums.won, this.#won);
    }
  }

  /** Notes what stood open from one place on, as far as there is room. @returns where to go on */
  #note({ held, wins }: Block, begin: number, block: { readonly from: number; readonly count: number }): number {
    const { status: statuses, currency, stage, due } = this.#pass.rows;
    const { keys, openIfDueAfter, realizedUntil } = this.#pass;
    const { cells, amounts } = this.#stood;
    const { cells: wonCells, amounts: wonAmounts } = this.#won;
    const values = this.#values;
    // Told to be whole numbers of 32 bits here, they need not be asked for it row by row.
    const [from, count, stageCount] = [block.from | 0, block.count | 0, this.#pass.stageCount | 0];
    const [wantedCurrency, periodCells] = [this.#pass.wantedCurrency | 0, (this.#pass.keyCount * stageCount * 2) | 0];
    const [perDeal, perRow] = [keySteps[this.#pass.keyedBy].perDeal | 0, keySteps[this.#pass.keyedBy].perRow | 0];
    let told = 0;
    let won = 0;
    let place = begin | 0;
    for (; place < count; place += 1) {
      const row = held[place * factsEach]!;
      if (statuses[row] !== status.open || currency[row] !== wantedCurrency) continue;
      const span = held[place * factsEach + 1]!;
      const until = span >>> 16;
      let period = span & 0xffff;
      if (told + until - period > cells.length) break;
      const deal = held[place * factsEach + 2]!;
      const key = keys[(from + deal) * perDeal + row * perRow]! | 0;
      const base = (key * stageCount + stage[row]!) * 2;
      const value = values[row]!;
      const dueThen = due[row]!;
      const winAt = wins[deal * 2]!;
      const winValue = wins[deal * 2 + 1]!;
      for (; period < until; period += 1) {
        const cell = (period * periodCells + base + +(dueThen > openIfDueAfter[period]!)) | 0;
        cells[told] = cell;
        amounts[told] = value;
        told += 1;
        wonCells[won] = cell;
        wonAmounts[won] = winValue;
        won += +(winAt <= realizedUntil[period]!);
      }
    }
    this.#stood.count = told;
    this.#won.count = won;
    return place;
  }
}
