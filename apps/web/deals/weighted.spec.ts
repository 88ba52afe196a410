import { moneyOf, nothing, plus, timesWeight } from './weighted.ts';

const yuan = (value: string) => ({ value, currency: 'CNY' });

describe('a weighted amount', () => {
  it.each([
    ['1000000.00', 0.25, '250000.00'],
    ['5000000.00', 0.2, '1000000.00'],
    ['0.01', 0.5, '0.01'],
    ['0.01', 0.4999, '0.00'],
    ['9007199254740993.11', 1, '9007199254740993.11'],
    ['-0.01', 0.5, '-0.01'],
  ])('of %s at %s is %s', (value, weight, weighted) =>
    expect(timesWeight(yuan(value), weight)).toEqual(yuan(weighted)),
  );

  it('has no decimals where its currency has none', () =>
    expect(timesWeight({ value: '15', currency: 'JPY' }, 0.1)).toEqual({ value: '2', currency: 'JPY' }));

  it('is added up before it is rounded', () => {
    const thirds = [1, 2, 3].reduce((sum) => plus(sum, yuan('0.01'), 0.3333), nothing(yuan('0.01')));
    expect(moneyOf(thirds)).toEqual(yuan('0.01'));
  });
});
