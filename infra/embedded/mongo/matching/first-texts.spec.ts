import fc from 'fast-check';
import { FirstTexts } from './first-texts.ts';

const { compare } = new Intl.Collator('en', { sensitivity: 'base' });

it('tells the first of texts that are equal, in whatever order they come and however many there are', () => {
  const texts = new FirstTexts(compare);
  const numbers = Array.from({ length: 5_000 }, (_, number) => (number * 3_571) % 5_000);
  for (const number of numbers) expect(texts.firstLike(`name ${number}`)).toBe(`name ${number}`);
  for (const number of numbers) expect(texts.firstLike(`NÁME ${number}`)).toBe(`name ${number}`);
});

it('tells the same for texts exactly where the comparison takes them for equal', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', 'á', 'b', '-'), maxLength: 3 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 50 }), (all) => {
      const texts = new FirstTexts(compare);
      for (const one of all) expect(texts.firstLike(one)).toBe(all.find((other) => compare(one, other) === 0));
    }),
  );
});
