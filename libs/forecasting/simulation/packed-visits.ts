/** Visits of one stage by their length in whole seconds, at equal lengths those that ended first. */
export interface SortedVisits {
  readonly dwells: Uint32Array;
  readonly exits: Uint32Array;
}

/**
 * The same in as little memory as can be, since chance jumps about in it: a word for each visit, its length above its exit.
 * Where a length does not fit, two words: the exit, then the length.
 */
export interface PackedVisits {
  readonly words: Uint32Array;
  readonly count: number;
  /** 1 where a visit is two words, else 0. */
  readonly isWide: 0 | 1;
  /** How many of the lowest bits of a word tell the exit. */
  readonly exitBits: number;
  /** What they stand for: a place here. The first one is that of visits that last still. */
  readonly exits: Uint32Array;
}

const exitsOf = ({ exits }: SortedVisits, none: number): number[] => {
  const others = new Set(exits);
  others.delete(none);
  return [none, ...others];
};

/** `none` is the exit of visits that last still. */
export const packed = (visits: SortedVisits, none: number): PackedVisits => {
  const { dwells } = visits;
  const exits = exitsOf(visits, none);
  const exitBits = Math.ceil(Math.log2(exits.length)) || 1;
  const longest = dwells.at(-1) ?? 0;
  const isWide = longest >= 2 ** (32 - exitBits) ? 1 : 0;
  const places = new Map(exits.map((exit, place) => [exit, place]));
  const words = new Uint32Array(dwells.length << isWide);
  for (let visit = 0; visit < dwells.length; visit += 1) {
    const exit = places.get(visits.exits[visit]!)!;
    if (isWide) words.set([exit, dwells[visit]!], visit * 2);
    else words[visit] = dwells[visit]! * 2 ** exitBits + exit;
  }
  return { words, count: dwells.length, isWide, exitBits, exits: Uint32Array.from(exits) };
};

/** Each visit as often as told. */
export const repeated = ({ words, count, isWide, ...visits }: PackedVisits, times: Uint8Array): PackedVisits => {
  let total = 0;
  for (let visit = 0; visit < count; visit += 1) total += times[visit]!;
  const copies = new Uint32Array(total << isWide);
  let place = 0;
  for (let visit = 0; visit < count; visit += 1) {
    for (let again = times[visit]!; again > 0; again -= 1) {
      copies[place++] = words[visit << isWide]!;
      if (isWide) copies[place++] = words[visit * 2 + 1]!;
    }
  }
  return { ...visits, words: copies, count: total, isWide };
};
