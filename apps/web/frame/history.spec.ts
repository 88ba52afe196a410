import { lastChoice } from './history.ts';

describe('the days that can be chosen', () => {
  it('reach up to today in a company that is at work', () =>
    expect(lastChoice({ first: 100, last: 970, today: 1_000 })).toBe(1_000));

  it('end after the last thing that happened where that was long ago', () =>
    expect(lastChoice({ first: 100, last: 300, today: 1_000 })).toBe(301));
});
