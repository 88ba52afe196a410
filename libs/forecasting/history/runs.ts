import { codesOf } from './growing.ts';

/** By deal: its first row, the one after its last one, and up to where it may have more without moving. */
export interface KeptRuns {
  readonly first: Uint32Array;
  readonly end: Uint32Array;
  readonly limit: Uint32Array;
}

const longer = (values: Uint32Array): Uint32Array => {
  const other = codesOf(Math.max(1_024, values.length * 2));
  other.set(values);
  return other;
};

/** Which rows belong to each deal. To be read anew after a deal has begun: the arrays are others where they have grown. */
export class Runs implements KeptRuns {
  first: Uint32Array;
  end: Uint32Array;
  limit: Uint32Array;
  #deals: number;

  constructor({ first, end, limit }: KeptRuns) {
    this.first = first;
    this.end = end;
    this.limit = limit;
    this.#deals = first.length;
  }

  get deals(): number {
    return this.#deals;
  }

  /** The next deal, with one row and room up to a limit. */
  begin(row: number, limit: number): void {
    const deal = this.#deals;
    if (deal === this.first.length) this.#grow();
    this.first[deal] = row;
    this.end[deal] = row + 1;
    this.limit[deal] = limit;
    this.#deals = deal + 1;
  }

  /** Of the deals that there are, not copied. */
  get kept(): KeptRuns {
    const [first, end, limit] = [this.first, this.end, this.limit].map((values) => values.subarray(0, this.#deals));
    return { first: first!, end: end!, limit: limit! };
  }

  #grow(): void {
    this.first = longer(this.first);
    this.end = longer(this.end);
    this.limit = longer(this.limit);
  }
}
