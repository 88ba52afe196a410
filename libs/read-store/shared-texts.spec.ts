import fc from 'fast-check';
import { SharedTexts } from './shared-texts.ts';

const word = fc.constantFrom('lead', 'won', '', 'lead ', 'anna');
const fields = fc.dictionary(
  fc.constantFrom('stage', 'owner', 'title'),
  fc.oneof(word, fc.integer(), fc.constant(null)),
);
const documents = fc.array(
  fc.record({ id: fc.string(), about: fields, facts: fc.array(fields), words: fc.array(word) }),
);

describe('texts shared among rows', () => {
  it('say what they said, whatever else was shared before', () =>
    fc.assert(
      fc.property(documents, (rows) => {
        const texts = new SharedTexts();
        const shared = structuredClone(rows).map((row) => texts.shareIn(row));
        expect(shared).toEqual(rows);
      }),
    ));

  it('stay their own where a field has too many different ones', () => {
    const texts = new SharedTexts();
    const rows = Array.from({ length: 1_500 }, (_, index) => ({ id: `deal-${index}` }));
    expect(rows.map((row) => texts.shareIn({ ...row }))).toEqual(rows);
  });
});
