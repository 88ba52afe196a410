import { faultsByField } from './faults.ts';

describe('what was wrong with a form', () => {
  it('stands beside the field that it is about', () => {
    const faults = [
      { path: '$.amount.value', expected: 'a decimal' },
      { path: '$.people[1]', expected: 'text' },
      { path: '$.people[2]', expected: 'less text' },
    ];
    expect(faultsByField(faults, ['amount', 'people'])).toEqual({ amount: 'a decimal', people: 'text' });
  });

  it('is not hidden in a field that nobody sees', () => {
    const faults = [
      { path: '$.secret', expected: 'text' },
      { path: 'header.If-Match', expected: 'a revision' },
    ];
    expect(faultsByField(faults, ['amount'])).toEqual({});
  });
});
