import fc from 'fast-check';
import { BSON } from 'mongodb';
import { DocumentBytes } from './document-bytes.ts';

const bytesOf = (...documents: readonly object[]): Buffer => new DocumentBytes().pack(documents).bytes;
const byDriver = (document: object): Buffer => Buffer.from(BSON.serialize(document, { ignoreUndefined: true }));

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, NaN, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 1_767_225_600_000),
);
const text = fc.string({ unit: fc.constantFrom('a', '0', '\0', 'é', '合', '😀', '\ud800'), maxLength: 60 });
const name = fc.string({ unit: fc.constantFrom('a', '0', '.', '$', 'é', '合'), maxLength: 60 });
const plain = fc.oneof(number, text, fc.boolean(), fc.constantFrom(null, undefined));
const strange = fc.oneof(fc.date(), fc.bigInt({ min: 0n, max: 2n ** 60n }), fc.uint8Array(), fc.constant(/a/u));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: strange },
    { weight: 3, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 6 }) },
    { weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 12 }) },
  ),
}));
const document = fc.dictionary(name, value, { maxKeys: 8 });

describe('documents as bytes', () => {
  it('are those of the driver', () => {
    fc.assert(
      fc.property(document, (any) => bytesOf(any).equals(byDriver(any))),
      { numRuns: 500 },
    );
  });

  it('stand one behind the other', () => {
    const documents = [{ _id: 'a' }, { _id: 'b', facts: [{ t: 1 }] }];
    expect(bytesOf(...documents)).toEqual(Buffer.concat(documents.map(byDriver)));
  });

  it('may be larger than what was expected', () => {
    const large = { notes: Array.from({ length: 3 }, (_, place) => '合'.repeat(300_000 + place)) };
    const documents = [{ _id: 'a' }, large, large];
    expect(bytesOf(...documents).equals(Buffer.concat(documents.map(byDriver)))).toBe(true);
  });

  it('are packed until there are enough', () => {
    const bytes = new DocumentBytes();
    const documents = ['a', 'b', 'c'].map((_id) => ({ _id }));
    const packed = [bytes.pack(documents, 0, 20), bytes.pack(documents, 2, 20)];
    expect(packed).toEqual([
      { bytes: Buffer.concat(documents.slice(0, 2).map(byDriver)), next: 2 },
      { bytes: byDriver({ _id: 'c' }), next: 3 },
    ]);
  });

  it('have no NUL in a name, which leaves nothing behind', () => {
    const bytes = new DocumentBytes();
    expect(() => bytes.pack([{ _id: 'a' }, { 'a\0': 1 }])).toThrow('null bytes');
    expect(bytes.pack([{ _id: 'b' }]).bytes).toEqual(byDriver({ _id: 'b' }));
  });
});
