import fc from 'fast-check';
import { idParts, readId, writeId } from './event-ids.ts';

describe('kept event ids', () => {
  it('are given back as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { minLength: 1, maxLength: 20 }), (ids) => {
        const kept = new Uint32Array(ids.length * idParts);
        for (const [row, id] of ids.entries()) writeId(kept, row, id);
        expect(ids.map((_, row) => readId(kept, row))).toEqual(ids);
      }),
    );
  });
});
