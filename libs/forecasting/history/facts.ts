import { bytes, codes, floats } from './growing.ts';

/**
 * What a forecast depends on, as it was told. `code` is a stage of `entered` and `reopened`, a currency of `valued`, an owner
 * of `owned`; `number` is an amount in minor units of `valued`, a weight in 1/10,000 of `weighed` (-1: the stage decides), of
 * `planned` when the next step is due (milliseconds since 1970, Infinity without a date, -Infinity without a next step).
 */
export const factKinds = {
  entered: 0,
  reopened: 1,
  valued: 2,
  owned: 3,
  weighed: 4,
  planned: 5,
  won: 6,
  lost: 7,
} as const;
export type FactKind = keyof typeof factKinds;

export interface Fact {
  readonly kind: FactKind;
  readonly code?: number;
  readonly number?: number;
}

/**
 * When a fact counts (business time) and since when it is known (record time), milliseconds since 1970; of which deal, and
 * from which event of the deal's stream.
 */
export interface Told {
  readonly deal: number;
  readonly at: number;
  readonly recordedAt: number;
  readonly revision: number;
}

/** Facts of all deals as packed columns, in the order in which they were recorded. */
export class Facts {
  readonly deals = codes();
  readonly ats = floats();
  readonly recordedAts = floats();
  readonly revisions = codes();
  readonly kinds = bytes();
  readonly codes = codes();
  readonly numbers = floats();

  add({ deal, at, recordedAt, revision }: Told, { kind, code = 0, number = 0 }: Fact): void {
    this.deals.push(deal);
    this.ats.push(at);
    this.recordedAts.push(recordedAt);
    this.revisions.push(revision);
    this.kinds.push(factKinds[kind]);
    this.codes.push(code);
    this.numbers.push(number);
  }

  get length(): number {
    return this.deals.length;
  }
}
