import type { Rows } from '../history/rows.ts';

/**
 * Which rows of a funnel's deals held at period ends, and at which of them: all that a pass has to look for, whatever group,
 * horizon or next step it adds up by. Found lot by lot by whoever needs one first, in memory that other threads see.
 */
export interface Holdings {
  readonly dealsInLot: number;
  /** Rows, one after the other, {@link factsEach} numbers each. What is not written to takes no memory. */
  readonly held: Int32Array;
  /** By lot: its first place in `held`. Each has as many rows' room as its deals have rows, and uses nobody else's. */
  readonly heldFrom: Int32Array;
  /** By deal: the place in `held` after its last row. */
  readonly heldUntil: Int32Array;
  /** By lot: 1 once it was found. */
  readonly isFound: Int32Array;
}

/** The row; from which period on it held and, 16 bits higher, before which it did not any more. */
export const factsEach = 2;

/** So few that what was found of them is in the nearest caches still when it is added up. */
const usualLot = 1_024;

/** What holdings are found in. */
interface Room {
  readonly dealsInLot?: number;
  /** Holdings that nobody asks for any more: what comes is found in their memory, where it has room. */
  readonly spare?: Holdings | undefined;
}

const bufferFor = (bytes: number, spare: Holdings | undefined): ArrayBufferLike => {
  const known = spare?.held.buffer;
  return known && known.byteLength >= bytes ? known : new SharedArrayBuffer(bytes + bytes / 4);
};

/** Nothing found yet. */
export const holdingsIn = ({ first, end, units }: Rows, { dealsInLot = usualLot, spare }: Room = {}): Holdings => {
  const lots = Math.ceil(first.length / dealsInLot);
  const lengths = [lots, lots, first.length, units.length * factsEach];
  const bytes = lengths.reduce((sum, length) => sum + length * Int32Array.BYTES_PER_ELEMENT, 0);
  const buffer = bufferFor(bytes, spare);
  let offset = 0;
  const [isFound, heldFrom, heldUntil, held] = lengths.map((length) => {
    const part = new Int32Array(buffer, offset, length);
    offset += part.byteLength;
    return part;
  }) as [Int32Array, Int32Array, Int32Array, Int32Array];
  isFound.fill(0);
  let rows = 0;
  for (let lot = 0; lot < lots; lot += 1) {
    heldFrom[lot] = rows * factsEach;
    const until = Math.min(first.length, (lot + 1) * dealsInLot);
    for (let deal = lot * dealsInLot; deal < until; deal += 1) rows += end[deal]! - first[deal]!;
  }
  return { dealsInLot, held, heldFrom, heldUntil, isFound };
};

/** The place in `held` of the first row of a deal. */
export const placeBefore = ({ dealsInLot, heldFrom, heldUntil }: Holdings, deal: number): number =>
  deal % dealsInLot === 0 ? heldFrom[deal / dealsInLot]! : heldUntil[deal - 1]!;
