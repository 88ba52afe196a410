import { saysTheSame } from './same.ts';

describe('two values that say the same', () => {
  it.each([
    [1, 1],
    [
      { a: 1, b: [1, { c: null }] },
      { b: [1, { c: null }], a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: undefined }],
    [undefined, undefined],
  ])('%j and %j', (one, other) => expect(saysTheSame(one, other)).toBe(true));
});

describe('two values that differ', () => {
  it.each([
    [1, 2],
    [1, '1'],
    [null, {}],
    [{}, null],
    [[], {}],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: 1, b: null }, { a: 1 }],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
  ])('%j and %j', (one, other) => expect(saysTheSame(one, other)).toBe(false));
});
