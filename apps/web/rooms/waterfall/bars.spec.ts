import { barsOf, type Fall } from './bars.ts';

const yuan = (value: number) => ({ value: `${value}.00`, currency: 'CNY' });
const fall: Fall = {
  opening: { count: 4, amount: yuan(100) },
  lines: [
    { line: 'won', amount: yuan(40), events: [1] },
    { line: 'added', amount: yuan(60), events: [1, 2] },
    { line: 'down', amount: yuan(20), events: [] },
  ],
  closing: { count: 5, amount: yuan(100) },
};

describe('the bars of a waterfall', () => {
  it('begin each where the one before it ended', () => {
    const bars = barsOf(fall);
    expect(bars.map(({ name }) => name)).toEqual(['opening', 'added', 'down', 'won', 'closing']);
    expect(bars.map(({ start, size, level }) => [start, size, level].map((share) => Math.round(share * 160)))).toEqual([
      [0, 100, 100],
      [100, 60, 160],
      [140, 20, 140],
      [100, 40, 100],
      [0, 100, 100],
    ]);
  });

  it('tell a win from a loss, and count what moved', () =>
    expect(barsOf(fall).map(({ direction, count }) => `${direction} ${count}`)).toEqual([
      'stands 4',
      'rises 2',
      'falls 0',
      'won 1',
      'stands 5',
    ]));
});
