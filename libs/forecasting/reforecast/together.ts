import type { Amounts } from './digits.ts';
import { byGroup, countOfSums, Summing, type Aim, type Pass, type Sums } from './pass.ts';

/** A pass that two threads share, all of it in memory that both see: whoever is free takes the next deals. */
export interface SharedPass {
  readonly pass: Pass;
  /** By row: what is summed up. */
  readonly amounts: Amounts;
  /** How many lots of deals were taken, and what the partner does. */
  readonly state: Int32Array;
  /** What the partner has found. */
  readonly sums: Sums;
}
const [lotsTaken, partnerIs] = [0, 1];
const [away, working, failed] = [0, 1, 2];

/** A partner who takes so long with a lot is taken for lost. */
const patienceMs = 30_000;

/** Another thread that is told of a pass, and is to {@link takePart} in it; soon, late or never. */
export interface Partner {
  begin(shared: SharedPass): void;
}

/** Below this, telling somebody takes longer than doing it. */
const fewDeals = 65_536;

export const isWorthSharing = ({ rows }: Aim): boolean =>
  rows.first.length >= fewDeals && rows.units.buffer instanceof SharedArrayBuffer;

const takeLots = ({ pass, amounts, state }: SharedPass, sums: Sums): void => {
  const lots = pass.holdings.isFound.length;
  const summing = new Summing(pass, amounts, sums);
  for (;;) {
    const lot = Atomics.add(state, lotsTaken, 1);
    if (lot >= lots) return;
    summing.add(lot);
  }
};

/** What the partner does: sums up what is left to take. Too late, there is nothing left, and nothing is touched. */
export const takePart = (shared: SharedPass): void => {
  const { state, sums } = shared;
  Atomics.store(state, partnerIs, working);
  let end = failed;
  try {
    takeLots(shared, sums);
    end = away;
  } finally {
    Atomics.store(state, partnerIs, end);
    Atomics.notify(state, partnerIs);
  }
};

/** Waits for a partner who has begun. @returns whether what it has found is all of what it took */
const isDone = ({ state }: SharedPass): boolean => {
  Atomics.wait(state, partnerIs, working, patienceMs);
  return Atomics.load(state, partnerIs) === away;
};

// Nobody is at work in it between two passes.
let partnersSums: Sums | undefined;

const emptySums = (pass: Pass): Sums => {
  const count = countOfSums(pass);
  if (partnersSums?.length !== count) {
    partnersSums = new Float64Array(new SharedArrayBuffer(count * Float64Array.BYTES_PER_ELEMENT));
  }
  return partnersSums.fill(0);
};

/**
 * The same sums as of one thread, whoever has added up what. Does not wait for a partner who has not begun.
 * @returns nothing where the partner was lost, who may write to what they have found together still
 */
export const sumUpTogether = (pass: Pass, amounts: Amounts, partner: Partner): Sums | undefined => {
  const state = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const shared: SharedPass = { pass, amounts, state, sums: emptySums(pass) };
  partner.begin(shared);
  const sums = new Float64Array(countOfSums(pass));
  takeLots(shared, sums);
  if (!isDone(shared)) {
    partnersSums = undefined;
    return undefined;
  }
  for (let place = 0; place < sums.length; place += 1) sums[place]! += shared.sums[place]!;
  return byGroup(pass, sums);
};
