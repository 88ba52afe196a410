import { decode, event, UndecodableEvent, type Schema } from './index.ts';

const priced: Schema<{ amount: { minor: number; currency: string } }> = {
  parse: (input) => {
    const data = input as { amount?: { minor?: unknown } };
    if (typeof data.amount?.minor !== 'number') throw new Error('no amount');
    return input as { amount: { minor: number; currency: string } };
  },
};
const types = {
  Priced: event(
    priced,
    ({ price }) => ({ amount: price }),
    ({ amount }) => ({ amount: { minor: amount * 100, currency: 'CNY' } }),
  ),
};
const read = (type: string, version: number, data: unknown) => decode(types, { type, version, data });

describe('a stored event', () => {
  it('is written in the version after its last upcaster', () => expect(types.Priced.version).toBe(3));

  it('is read from every version ever written', () => {
    const newest = { amount: { minor: 500, currency: 'CNY' } };
    expect(read('Priced', 1, { price: 5 })).toEqual(newest);
    expect(read('Priced', 2, { amount: 5 })).toEqual(newest);
    expect(read('Priced', 3, newest)).toEqual(newest);
  });

  it.each([
    ['an unknown type', 'Sold', 1, {}],
    ['a name that every object has', 'toString', 1, {}],
    ['a future version', 'Priced', 4, {}],
    ['another shape', 'Priced', 3, { amount: 5 }],
  ])('cannot be read when it has %s', (_, type, version, data) =>
    expect(() => read(type, version, data)).toThrow(UndecodableEvent),
  );
});
