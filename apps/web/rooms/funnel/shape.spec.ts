import { bandsOf, outlineOf } from './shape.ts';

describe('the shape of a funnel', () => {
  it('is as wide as its values, each band running into the next', () =>
    expect(bandsOf([100, 50, 25]).slice(0, 2)).toEqual([
      { top: 1, bottom: 0.5 },
      { top: 0.5, bottom: 0.25 },
    ]));

  it('has a shoulder where more stands below than above, and no bulge that stands for nothing', () =>
    expect(bandsOf([10, 40])[0]).toEqual({ top: 0.25, bottom: 0.25 }));

  it('shows an empty stage as a line, and an empty funnel as nothing else', () => {
    expect(bandsOf([100, 0])[1]?.top).toBeCloseTo(0.012);
    expect(bandsOf([0, 0]).every(({ top }) => top === 0.012)).toBe(true);
  });

  it('is drawn around its middle', () =>
    expect(outlineOf({ top: 0.5, bottom: 0.2 }, 60)).toMatch(
      /^M250,0 H750 C750,\S+ 600,\S+ 600,60 H400 C400,\S+ 250,\S+ 250,0 Z$/,
    ));
});
