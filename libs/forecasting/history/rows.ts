import { factKinds, type Facts } from './facts.ts';

export const status = { open: 0, won: 1, lost: 2 } as const;

/** What is the same for a deal all its life, by deal. */
export interface DealColumns {
  readonly funnelOf: Uint32Array;
  readonly regionOf: Uint32Array;
}

/**
 * How deals stood after each fact: deal by deal, in the order of business time, facts of one instant as they were recorded.
 * A row holds from its `at` until before the next one's of the same deal. See `Facts` for the meaning of the numbers.
 */
export interface Rows extends DealColumns {
  /** Deal d has the rows from `starts[d]` until before `starts[d + 1]`. */
  readonly starts: Uint32Array;
  readonly at: Float64Array;
  readonly status: Uint8Array;
  readonly stage: Uint32Array;
  readonly owner: Uint32Array;
  readonly currency: Uint32Array;
  readonly minor: Float64Array;
  /** -1 where the stage decides. */
  readonly weight: Int16Array;
  readonly due: Float64Array;
  /** Of the event that led to it, in the deal's stream. */
  readonly revision: Uint32Array;
  /** The fact that led to it, by its place among all. */
  readonly fact: Uint32Array;
}

/** Which facts of all deals count: those recorded by an instant. */
const knownBy = (facts: Facts, knownAt: number): Uint32Array => {
  const recorded = facts.recordedAts.values;
  const known = new Uint32Array(facts.length);
  let count = 0;
  for (let fact = 0; fact < facts.length; fact += 1) if (recorded[fact]! <= knownAt) known[count++] = fact;
  return known.subarray(0, count);
};

/** Where the facts of each deal begin once they are put deal by deal. */
const startsOf = (known: Uint32Array, deals: Uint32Array, dealCount: number): Uint32Array => {
  const starts = new Uint32Array(dealCount + 1);
  for (let place = 0; place < known.length; place += 1) starts[deals[known[place]!]! + 1]! += 1;
  for (let deal = 0; deal < dealCount; deal += 1) starts[deal + 1]! += starts[deal]!;
  return starts;
};

/** The facts deal by deal, those of a deal by business time; those of one instant stay in their order. */
const ordered = (known: Uint32Array, { deals, ats }: Facts, starts: Uint32Array): Uint32Array => {
  const [dealOf, at] = [deals.values, ats.values];
  const order = new Uint32Array(known.length);
  const next = starts.slice();
  for (const fact of known) {
    const deal = dealOf[fact]!;
    const first = starts[deal]!;
    let place = next[deal]!;
    next[deal] = place + 1;
    for (; place > first && at[order[place - 1]!]! > at[fact]!; place -= 1) order[place] = order[place - 1]!;
    order[place] = fact;
  }
  return order;
};

const rowsFor = (length: number): Omit<Rows, keyof DealColumns | 'starts' | 'fact'> => ({
  at: new Float64Array(length),
  status: new Uint8Array(length),
  stage: new Uint32Array(length),
  owner: new Uint32Array(length),
  currency: new Uint32Array(length),
  minor: new Float64Array(length),
  weight: new Int16Array(length),
  due: new Float64Array(length),
  revision: new Uint32Array(length),
});

type Columns = ReturnType<typeof rowsFor>;

const begin = (rows: Columns, row: number): void => {
  rows.weight[row] = -1;
  rows.due[row] = -Infinity;
};

/** A row begins as the one before it stood. */
const goOn = (rows: Columns, row: number): void => {
  const before = row - 1;
  rows.status[row] = rows.status[before]!;
  rows.stage[row] = rows.stage[before]!;
  rows.owner[row] = rows.owner[before]!;
  rows.currency[row] = rows.currency[before]!;
  rows.minor[row] = rows.minor[before]!;
  rows.weight[row] = rows.weight[before]!;
  rows.due[row] = rows.due[before]!;
};

const change = (rows: Columns, row: number, { kind, code, number }: { kind: number; code: number; number: number }) => {
  switch (kind) {
    case factKinds.reopened:
      rows.status[row] = status.open;
      rows.stage[row] = code;
      break;
    case factKinds.entered:
      rows.stage[row] = code;
      break;
    case factKinds.valued:
      rows.currency[row] = code;
      rows.minor[row] = number;
      break;
    case factKinds.owned:
      rows.owner[row] = code;
      break;
    case factKinds.weighed:
      rows.weight[row] = number;
      break;
    case factKinds.planned:
      rows.due[row] = number;
      break;
    case factKinds.won:
      rows.status[row] = status.won;
      break;
    case factKinds.lost:
      rows.status[row] = status.lost;
      break;
  }
};

/** Folds the facts of every deal that were recorded by an instant. */
export const stateAfterEach = (facts: Facts, deals: DealColumns, knownAt: number): Rows => {
  const [kinds, codes, numbers, revisions] = [
    facts.kinds.values,
    facts.codes.values,
    facts.numbers.values,
    facts.revisions.values,
  ];
  const ats = facts.ats.values;
  const known = knownBy(facts, knownAt);
  const starts = startsOf(known, facts.deals.values, deals.funnelOf.length);
  const order = ordered(known, facts, starts);
  const rows = rowsFor(known.length);
  for (let deal = 0; deal + 1 < starts.length; deal += 1) {
    for (let row = starts[deal]!; row < starts[deal + 1]!; row += 1) {
      const fact = order[row]!;
      if (row === starts[deal]) begin(rows, row);
      else goOn(rows, row);
      rows.at[row] = ats[fact]!;
      rows.revision[row] = revisions[fact]!;
      change(rows, row, { kind: kinds[fact]!, code: codes[fact]!, number: numbers[fact]! });
    }
  }
  return { ...rows, ...deals, starts, fact: order };
};
