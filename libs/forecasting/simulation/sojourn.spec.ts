import { Random } from './random.ts';
import { exitShares, Sojourn } from './sojourn.ts';

const [won, lost, none] = [7, 8, 9];
const visits = (...seen: readonly (readonly [dwell: number, exit: number])[]) => ({
  dwells: Uint32Array.from(seen, ([dwell]) => dwell),
  exits: Uint32Array.from(seen, ([, exit]) => exit),
});
const once = (count: number) => new Uint8Array(count).fill(1);

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
    const counts = drawn(new Sojourn(four, once(4), none));
    expect([counts.get(0), counts.get(2), counts.get(3)]).toEqual(
      [1 / 4, 3 / 8, 3 / 8].map((share) => expect.closeTo(share, 2)),
    );
    expect(counts.has(1)).toBe(false);
  });
  it('takes none that is shorter than what has passed already', () => {
    const sojourn = new Sojourn(four, once(4), none);
    expect([0, 1, 3].map((dwell) => sojourn.upTo(dwell))).toEqual([0, 1, 3]);
    const counts = drawn(sojourn, sojourn.upTo(1));
    expect([counts.get(2), counts.get(3)]).toEqual([1 / 2, 1 / 2].map((share) => expect.closeTo(share, 2)));
  });
  it('finds no end where no visit of that length ended', () => {
    const sojourn = new Sojourn(visits([1, won], [5, none]), once(2), none);
    expect(sojourn.draw(Random.of(1, 1), sojourn.upTo(1))).toBe(-1);
    expect(sojourn.draw(Random.of(1, 1), sojourn.upTo(9))).toBe(-1);
    expect(new Sojourn(visits(), once(0), none).draw(Random.of(1, 1), 0)).toBe(-1);
  });
  it('counts a visit as often as it is said to', () => {
    const sojourn = new Sojourn(visits([1, won], [2, lost], [3, won]), Uint8Array.from([0, 3, 1]), none);
    expect(sojourn.count).toBe(4);
    expect(Array.from({ length: 4 }, (_, visit) => [sojourn.dwellOf(visit), sojourn.exitOf(visit)])).toEqual([
      ...[
        [2, lost],
        [2, lost],
        [2, lost],
        [3, won],
      ],
    ]);
  });
});
