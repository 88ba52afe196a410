import { placeOf, readPlace } from './page-place.ts';

const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const place = { moment: { asOf: 1_780_000_000_000, knownAt: 1_790_000_000_000 }, behind: 200 };

describe('the cursor of a report', () => {
  it('names the moment of the first page and where the next one begins', () => {
    expect(readPlace(placeOf(place), isCount)).toEqual(place);
    expect(readPlace(undefined, isCount)).toBeUndefined();
  });

  it.each([
    ...['', 'x', 'bm9wZQ', placeOf({ ...place, behind: -1 })],
    placeOf({ ...place, moment: { asOf: 0.5, knownAt: 1 } }),
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('[1,2,3,4]').toString('base64url'),
    Buffer.from('{"moment":1}').toString('base64url'),
  ])('is refused when it is none: %s', (cursor) => {
    expect(() => readPlace(cursor, isCount)).toThrow(expect.objectContaining({ code: 'malformed' }));
  });
});
