import fc from 'fast-check';
import { OrderedEntries } from './ordered-entries.ts';
import type { StoredDocument } from './stored-document.ts';

const document = (sequence: number): StoredDocument => ({ sequence, idKey: String(sequence), bytes: null });
const order = (left: [string, StoredDocument], right: [string, StoredDocument]): number =>
  left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : left[1].sequence - right[1].sequence;

const key = fc.string({ unit: fc.constantFrom('a', 'b', '\uffff'), maxLength: 3 });
const additions = fc.array(key, { maxLength: 60 });

describe('ordered entries', () => {
  it('give what a sorted list gives, in both directions and any interval', () => {
    const removals = fc.array(fc.nat(59), { maxLength: 30 });
    fc.assert(
      fc.property(additions, removals, key, fc.option(key), (keys, removed, low, high) => {
        const entries = new OrderedEntries();
        const all = keys.map((name, at): [string, StoredDocument] => [name, document(at)]);
        for (const [name, added] of all) entries.add(name, added);
        const gone = new Set(removed);
        for (const at of gone) if (all[at]) entries.delete(...all[at]);
        const left = all.filter((_, at) => !gone.has(at)).sort(order);
        const inside = left.filter(([name]) => name >= low && (high === null || name < high)).map(([, inner]) => inner);
        expect([...entries.ascending({ low, high })]).toEqual(inside);
        expect([...entries.descending({ low, high })]).toEqual(inside.toReversed());
        expect(entries.size).toBe(left.length);
        expect(entries.first(low)).toBe(left.find(([name]) => name === low)?.[1]);
      }),
    );
  });

  it('stay in order over many blocks', () => {
    const entries = new OrderedEntries();
    const names = Array.from({ length: 20_000 }, (_, at) => String((at * 7919) % 20_011).padStart(6, '0'));
    names.forEach((name, at) => entries.add(name, document(at)));
    names.forEach((name, at) => at % 3 === 0 && entries.delete(name, { ...document(at) }));
    expect(entries.size).toBe(20_000);
    const found = [...entries.ascending({ low: '', high: null })].map(({ sequence }) => names[sequence]);
    expect(found).toEqual(names.toSorted());
  });
});
