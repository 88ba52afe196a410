import { RecentMap } from './recent-map.ts';

const filled = (limit: number, count: number): RecentMap<number, string> => {
  const map = new RecentMap<number, string>(limit);
  for (let key = 1; key <= count; key++) map.set(key, `value ${key}`);
  return map;
};

describe('a map of what is recent', () => {
  it('remembers as many as it must and not many more', () => {
    const map = filled(3, 10);
    expect([8, 9, 10].map((key) => map.get(key))).toEqual(['value 8', 'value 9', 'value 10']);
    expect([1, 2, 3, 4].map((key) => map.get(key))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('keeps what is asked for again and again', () => {
    const map = filled(3, 3);
    for (let key = 4; key <= 20; key++) {
      expect(map.get(1)).toBe('value 1');
      map.set(key, `value ${key}`);
    }
  });

  it('gives the newest value of a key, and forgets it when it is told to, however old it is', () => {
    const map = filled(2, 3);
    map.set(1, 'new');
    expect(map.get(1)).toBe('new');
    for (const key of [1, 2, 3]) map.delete(key);
    expect([1, 2, 3].map((key) => map.get(key))).toEqual([undefined, undefined, undefined]);
    map.set(4, 'value 4');
    map.clear();
    expect(map.get(4)).toBeUndefined();
  });
});
