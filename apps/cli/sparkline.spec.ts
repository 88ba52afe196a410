import { sparkline } from './sparkline.ts';

describe('a sparkline', () => {
  it('shows the largest value as the highest bar and nothing as the lowest', () =>
    expect(sparkline([0, 4, 8])).toBe('▁▅█'));
  it('can be compared with another one of the same scale', () => expect(sparkline([0, 4, 8], 16)).toBe('▁▃▅'));
  it('is flat where there is nothing', () => expect(sparkline([0, 0])).toBe('▁▁'));
  it('is empty without values', () => expect(sparkline([])).toBe(''));
});
