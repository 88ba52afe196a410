import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('is the same text for the same content, whatever the order of its keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 'é\n' })).toBe('{"a":"é\\n","b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ 10: 1, 9: 2 })).toBe('{"10":1,"9":2}');
  });

  it('leaves out what JSON leaves out', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });

  it('has whole numbers beyond JSON as text', () => {
    expect(canonicalJson({ amount: 2n ** 64n, none: 0n })).toBe('{"amount":"18446744073709551616","none":"0"}');
  });

  it('is what RFC 8785 says, for any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === canonicalize(value)));
  });

  it('survives being stored and read again, half surrogates included', () => {
    const anything = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
    const stored = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
    fc.assert(fc.property(anything, (value) => canonicalJson(stored(value)) === canonicalJson(value)));
    expect(canonicalJson('\ud800')).toBe('"\\ud800"');
  });
});
