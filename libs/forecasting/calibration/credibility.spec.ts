import { credibilities } from './credibility.ts';

describe('how far a cell of few deals is believed', () => {
  it('grows with its size and with how much cells differ', () => {
    // Within: 3.2 ÷ 18. Between: (1.8 − 3.2 ÷ 18) ÷ 10. 10 ÷ (10 + within ÷ between).
    const [one, other] = credibilities([
      { size: 10, share: 0.2 },
      { size: 10, share: 0.8 },
    ]);
    expect([one, other]).toEqual([expect.closeTo(0.901235, 6), expect.closeTo(0.901235, 6)]);
    const [small, large] = credibilities([
      { size: 5, share: 0.2 },
      { size: 500, share: 0.8 },
    ]);
    expect(large).toBeGreaterThan(0.99);
    expect(small).toBeLessThan(large!);
  });
  it('is nothing where cells differ no more than by chance', () => {
    const alike = [
      { size: 40, share: 0.5 },
      { size: 40, share: 0.55 },
    ];
    expect(credibilities(alike)).toEqual([0, 0]);
  });
  it('is nothing where there is one cell only, or one deal in each', () => {
    expect(credibilities([{ size: 90, share: 0.3 }])).toEqual([0]);
    expect(
      credibilities([
        { size: 1, share: 0 },
        { size: 1, share: 1 },
      ]),
    ).toEqual([0, 0]);
    expect(credibilities([])).toEqual([]);
  });
  it('is full where every cell is all or nothing', () =>
    expect(
      credibilities([
        { size: 20, share: 0 },
        { size: 20, share: 1 },
      ]),
    ).toEqual([1, 1]));
});
