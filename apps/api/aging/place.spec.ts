import { ProblemError } from '../problems/problem-error.ts';
import { placeOf, readPlace } from './place.ts';

describe('a place in a report', () => {
  it('is read back from its cursor', () => {
    expect(readPlace(placeOf({ now: 1_788_220_800_000, from: 50 }))).toEqual({ now: 1_788_220_800_000, from: 50 });
    expect(readPlace(undefined)).toBeUndefined();
  });

  it.each(['', 'abc', Buffer.from('1').toString('base64url'), Buffer.from('-1.5').toString('base64url')])(
    'is not in "%s"',
    (cursor) => expect(() => readPlace(cursor)).toThrow(ProblemError),
  );
});
