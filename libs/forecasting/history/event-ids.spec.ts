import fc from 'fast-check';
import { EventIds } from './event-ids.ts';

describe('kept event ids', () => {
  it('are given back as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid(), { minLength: 1, maxLength: 20 }), (ids) => {
        const kept = new EventIds();
        for (const id of ids) kept.push(id);
        expect(ids.map((_, place) => kept.at(place))).toEqual(ids);
      }),
    );
  });
});
