import { fan } from './fan.ts';

describe('a fan', () => {
  it('shows each band from its low to its high edge, with its middle, on one scale', () =>
    expect(
      fan(
        [
          { label: 'July', low: 2, middle: 4, high: 5 },
          { label: 'August', low: 5, middle: 7, high: 9 },
        ],
        10,
      ),
    ).toEqual(['July  ··▒▒█▒', 'August  ·····▒▒█▒▒']));
  it('is a line of points where there is nothing', () =>
    expect(fan([{ label: 'July', low: 0, middle: 0, high: 0 }])).toEqual(['July  █']));
});
