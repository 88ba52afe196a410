import { Decimal128 } from 'bson';
import { Decimal } from 'decimal.js';
import { failure } from '../errors.ts';

const precision = 34;

/** Functions whose values have no end of digits, to those that a decimal holds. */
const Digits = Decimal.clone({ precision, rounding: Decimal.ROUND_HALF_EVEN, minE: -6176, maxE: 6144 });

export type DecimalFunction = (...values: Decimal[]) => Decimal;

/** Beyond this, digits are those of a value without an end, of which the last ones may be zeros. */
const mostExact = 30;

const textOf = (value: Decimal): string =>
  value.isFinite() && value.precision() >= mostExact ? value.toPrecision(precision) : value.toString();

const compute = (run: DecimalFunction, values: readonly Decimal[]): Decimal => {
  try {
    return run(...values);
  } catch (cause) {
    // Of the greatest angles nobody knows where on the circle they are.
    throw failure('NotImplemented', `such a decimal is not supported here by this server: ${(cause as Error).message}`);
  }
};

export const applyToDecimals = (run: DecimalFunction, ...values: readonly Decimal128[]): Decimal128 =>
  Decimal128.fromString(
    textOf(
      compute(
        run,
        values.map((value) => new Digits(value.toString())),
      ),
    ),
  );

export const atan2 = (y: Decimal, x: Decimal): Decimal => Digits.atan2(y, x);
