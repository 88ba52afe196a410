import fc from 'fast-check';
import { ManyNames } from './many-names.ts';

/** Few letters, so that texts are met again; half a pair of surrogates among them. */
const letter = fc.constantFrom('a', 'b', '-', '\u007f', '\u00e9', '\u00ff', '商', '\ud83d', '\ude00');
const text = fc.oneof(
  fc.array(letter, { maxLength: 4 }).map((some) => some.join('')),
  fc.string(),
);

describe('many names', () => {
  it('have codes in the order in which they were met, as in a map, whatever was glimpsed before', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 200 }), fc.array(text), (told, others) => {
        const names = new ManyNames();
        const codes = new Map<string, number>();
        names.glimpse(told);
        for (const each of told) {
          expect(names.find(each)).toBe(codes.get(each));
          if (!codes.has(each)) codes.set(each, codes.size);
          expect(names.code(each)).toBe(codes.get(each));
        }
        names.glimpse(others);
        for (const each of others) expect(names.find(each)).toBe(codes.get(each));
        expect(names.texts).toEqual([...codes.keys()]);
        expect(names).toHaveLength(codes.size);
      }),
    );
  });

  it('are found where there are too many for the room there was', () => {
    const told = Array.from({ length: 5_000 }, (_, number) => `${'deal '.repeat(number % 20)}${number}`);
    const names = new ManyNames(told);
    expect(told.map((each) => names.find(each))).toEqual([...told.keys()]);
    expect(new ManyNames(names.texts).texts).toEqual(told);
  });
});
