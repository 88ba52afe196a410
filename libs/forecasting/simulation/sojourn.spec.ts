import { packed, repeated } from './packed-visits.ts';
import { Random } from './random.ts';
import { exitShares, Sojourn } from './sojourn.ts';

const [won, lost, none] = [7, 8, 9];
type Visit = readonly [dwell: number, exit: number];
const visits = (...seen: readonly Visit[]) => ({
  dwells: Uint32Array.from(seen, ([dwell]) => dwell),
  exits: Uint32Array.from(seen, ([, exit]) => exit),
});
const sojournOf = (...seen: readonly Visit[]) => new Sojourn(packed(visits(...seen), none));

/** Of four visits one was seen for two days only: what it hides is told by the two that lasted longer. */
const four = visits([1, won], [2, none], [3, lost], [4, won]);

/** How often each visit is drawn in so many attempts, -1 for staying for ever. */
const drawn = (sojourn: Sojourn, from = 0, attempts = 40_000): Map<number, number> => {
  const random = Random.of(1, 1);
  const counts = new Map<number, number>();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const visit = sojourn.draw(random, from);
    counts.set(visit, (counts.get(visit) ?? 0) + 1 / attempts);
  }
  return counts;
};

describe('the visits of a stage', () => {
  it('lead to each exit by the estimator of Aalen and Johansen', () => {
    // 1/4 + (3/4 × 1/2 × 1), and 3/4 × 1/2.
    expect(exitShares(four, none)).toEqual(
      new Map([
        [won, 5 / 8],
        [lost, 3 / 8],
      ]),
    );
  });
  it('leave open what the longest one leaves open', () =>
    expect(exitShares(visits([1, won], [2, lost], [3, none]), none)).toEqual(
      new Map([
        [won, 1 / 3],
        [lost, expect.closeTo(1 / 3, 12)],
      ]),
    ));
});

describe('drawing a visit', () => {
  it('follows the curve of Kaplan and Meier', () => {
    const counts = drawn(new Sojourn(packed(four, none)));
    expect([counts.get(0), counts.get(2), counts.get(3)]).toEqual(
      [1 / 4, 3 / 8, 3 / 8].map((share) => expect.closeTo(share, 2)),
    );
    expect(counts.has(1)).toBe(false);
  });
  it('takes none that is shorter than what has passed already', () => {
    const sojourn = new Sojourn(packed(four, none));
    expect([0, 1, 3].map((dwell) => sojourn.upTo(dwell))).toEqual([0, 1, 3]);
    const counts = drawn(sojourn, sojourn.upTo(1));
    expect([counts.get(2), counts.get(3)]).toEqual([1 / 2, 1 / 2].map((share) => expect.closeTo(share, 2)));
  });
  it('finds no end where no visit of that length ended', () => {
    const sojourn = sojournOf([1, won], [5, none]);
    expect(sojourn.draw(Random.of(1, 1), sojourn.upTo(1))).toBe(-1);
    expect(sojourn.draw(Random.of(1, 1), sojourn.upTo(9))).toBe(-1);
    expect(sojournOf().draw(Random.of(1, 1), 0)).toBe(-1);
  });
  const told = (sojourn: Sojourn) =>
    Array.from({ length: sojourn.count }, (_, visit) => [sojourn.dwellOf(visit), sojourn.exitOf(visit)]);
  it('counts a visit as often as it is said to', () => {
    const three = packed(visits([1, won], [2, lost], [3, won]), none);
    const [two, one] = [
      [2, lost],
      [3, won],
    ];
    expect(told(new Sojourn(repeated(three, Uint8Array.from([0, 3, 1]))))).toEqual([two, two, two, one]);
  });
  it('knows the longest visit there can be, and draws the same whatever room one needs', () => {
    const long: Visit = [2 ** 32 - 1, won];
    const [short, wide] = [sojournOf([1, won], [2, none], [3, lost]), sojournOf([1, won], [2, none], [3, lost], long)];
    expect(told(wide)).toEqual([[1, won], [2, none], [3, lost], long]);
    expect([wide.upTo(2), wide.upTo(2 ** 32 - 2), wide.upTo(2 ** 32 - 1)]).toEqual([2, 3, 4]);
    expect(told(new Sojourn(repeated(packed(visits([2, none], long), none), Uint8Array.from([2, 1]))))).toEqual([
      ...[[2, none], [2, none], long],
    ]);
    expect(short.draw(Random.of(3, 1), 1)).toBe(2);
    expect(drawn(wide).has(1)).toBe(false);
  });
});
