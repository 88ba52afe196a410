/** What a pass has found in some deals: little enough for the nearest caches. */
export interface Block {
  /** Rows that held at period ends, one after the other, {@link factsEach} numbers each. */
  readonly held: Int32Array;
  /** By deal, counted from the block's first: the place in `held` after its last row. */
  readonly heldUntil: Int32Array;
}

/** The row; from which period on it held and, 16 bits higher, before which it did not any more. */
export const factsEach = 2;

/** So many rows are looked at, more or less, before anything is added up. */
const usualRows = 8_192;

const blockOf = (rows: number): Block => ({
  held: new Int32Array(rows * factsEach),
  heldUntil: new Int32Array(usualRows),
});

interface Runs {
  readonly first: Uint32Array;
  readonly end: Uint32Array;
}

/** Goes through deals block by block: as many deals as have about so many rows, at least one. */
export function* blocks({ first, end }: Runs, { from, until }: { readonly from: number; readonly until: number }) {
  let room = usualRows;
  let block = blockOf(room);
  for (let deal = from; deal < until;) {
    let rows = 0;
    let stop = deal;
    for (; stop < until && rows < usualRows / 2 && stop - deal < usualRows / 2; stop += 1)
      rows += end[stop]! - first[stop]!;
    // The place after the last one is written to, too, and not read.
    if (rows >= room) {
      room = rows + 1;
      block = blockOf(room);
    }
    yield { from: deal, until: stop, block };
    deal = stop;
  }
}
