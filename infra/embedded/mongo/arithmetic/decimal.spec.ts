import { Decimal128 } from 'bson';
import {
  addDecimals,
  decimalOfDouble,
  divideDecimals,
  multiplyDecimals,
  placedDecimal,
  remainderOfDecimals,
} from './decimal.ts';

const decimal = (text: string) => Decimal128.fromString(text);
const nines = '9'.repeat(34);

describe('decimals', () => {
  it.each([
    ['1.10', '2.2', '3.30'],
    ['-1', '1.0', '0.0'],
    [nines, '1', '1.000000000000000000000000000000000E+34'],
    [nines, '0.5', '1.000000000000000000000000000000000E+34'],
    ['9.999999999999999999999999999999999E+6144', '1E+6144', 'Infinity'],
    ['Infinity', '-Infinity', 'NaN'],
    ['1E-6176', '1E-6176', '2E-6176'],
  ])('add %s and %s', (left, right, sum) => expect(addDecimals(decimal(left), decimal(right)).toString()).toBe(sum));

  it.each([
    ['1.10', '2.0', '2.200'],
    ['1E+6144', '10', 'Infinity'],
    ['1E+6000', '1E+111', '1E+6111'],
    ['1E+6000', '1E+112', '1.0E+6112'],
    ['-3', 'Infinity', '-Infinity'],
    ['1E-6176', '0.5', '0E-6176'],
    ['3E-6176', '0.5', '2E-6176'],
  ])('multiply %s and %s', (left, right, product) =>
    expect(multiplyDecimals(decimal(left), decimal(right)).toString()).toBe(product),
  );

  it.each([
    ['1', '3', '0.3333333333333333333333333333333333'],
    ['-2', '3', '-0.6666666666666666666666666666666667'],
    ['6.0', '3', '2.0'],
    ['1', '8', '0.125'],
    ['10', '4E+2', '0.025'],
  ])('divide %s by %s', (left, right, quotient) =>
    expect(divideDecimals(decimal(left), decimal(right)).toString()).toBe(quotient),
  );

  it('leave a remainder with the sign of the dividend', () => {
    expect(remainderOfDecimals(decimal('-7.5'), decimal('2')).toString()).toBe('-1.5');
    expect(remainderOfDecimals(decimal('5'), decimal('Infinity')).toString()).toBe('5');
  });

  it.each([
    [0.1, '0.100000000000000'],
    [2.5, '2.50000000000000'],
    [123456789012345680, '1.23456789012346E+17'],
    [0, '0'],
    [-1e300, '-1.00000000000000E+300'],
    [Number.NaN, 'NaN'],
  ])('stand for the double %s by fifteen digits', (value, text) =>
    expect(decimalOfDouble(value).toString()).toBe(text),
  );

  it('are rounded to a place, half to the even neighbour', () => {
    expect(placedDecimal(decimal('2.345'), 2, 'half-even').toString()).toBe('2.34');
    expect(placedDecimal(decimal('2.355'), 2, 'half-even').toString()).toBe('2.36');
    expect(placedDecimal(decimal('-2.1'), 0, 'floor').toString()).toBe('-3');
    expect(placedDecimal(decimal('-2.9'), 0, 'ceiling').toString()).toBe('-2');
    expect(placedDecimal(decimal('1.5'), 3, 'half-even').toString()).toBe('1.500');
    expect(placedDecimal(decimal('1E+30'), 10, 'half-even').toString()).toBe('NaN');
  });
});
