import { nearest, type Spot } from './spots.ts';

const spot = (x: number, y?: number): Spot => ({ x, ...(y !== undefined && { y }), title: '', lines: [], marks: [] });

describe('the spot under the pointer', () => {
  it('is the nearest one along a line over time, however high the pointer is', () => {
    expect(nearest([spot(0), spot(10), spot(20)], 13, 400)).toBe(1);
    expect(nearest([spot(0), spot(10), spot(20)], 90, 0)).toBe(2);
  });

  it('is the nearest one in all directions where spots lie anywhere', () => {
    expect(nearest([spot(10, 0), spot(14, 90)], 11, 80)).toBe(1);
  });

  it('is none where nothing is drawn', () => {
    expect(nearest([], 1, 1)).toBeUndefined();
  });
});
