import { readWeights, withWeight, writeWeights } from './weights.ts';

describe('weights in an address', () => {
  it('are read as they were written', () => {
    const weights = { contact: 0.05, 'p-25.1': 1, need: 0.1234 };
    expect(readWeights(writeWeights(weights))).toEqual(weights);
    expect(writeWeights({})).toBeUndefined();
  });

  it('are left out where they are none', () => {
    expect(readWeights('a:0.5,b:1.2,c:x,:0.1,d:0.12345,e')).toEqual({ a: 0.5 });
    expect(readWeights(undefined)).toEqual({});
  });

  it('go back to what they were', () => {
    expect(withWeight({ a: 0.5, b: 0.1 }, 'a', undefined)).toEqual({ b: 0.1 });
    expect(withWeight({ a: 0.5 }, 'b', 0)).toEqual({ a: 0.5, b: 0 });
  });
});
