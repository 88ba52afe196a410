import { Names } from './names.ts';

describe('names', () => {
  it('are no more than there is room for, those that are known included', () => {
    const names = new Names<string>(['a'], 2);
    expect([names.code('b'), names.code('a')]).toEqual([1, 0]);
    expect(() => names.code('c')).toThrow(new RangeError('no room for another name beside 2: c'));
  });
});
