import { Random } from './random.ts';

const words = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.word());

describe('repeatable chance', () => {
  it('draws what the published generator draws', () =>
    // The authors' program in C, from the state 1, 2, 3, 4.
    expect(words(new Random([1, 2, 3, 4]), 10)).toEqual([
      ...[11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
    ]));
  it('draws the same from the same seed and stream', () =>
    expect(words(Random.of(7, 3), 5)).toEqual(words(Random.of(7, 3), 5)));
  it('draws something else from another seed or stream', () => {
    const firsts = [Random.of(7, 3), Random.of(7, 4), Random.of(8, 3), Random.of(3, 7), Random.of(7, -1 - 3)];
    expect(new Set(firsts.map((random) => random.word())).size).toBe(firsts.length);
  });
  it('draws every whole number below a bound about equally often', () => {
    const random = Random.of(1, 1);
    const counts = new Array<number>(7).fill(0);
    for (let draw = 0; draw < 70_000; draw += 1) counts[random.below(7)]! += 1;
    // 99.99 % of the chi-squared distribution with six degrees of freedom.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });
});
