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

/** For what is between two values that a decimal holds, the one of them greater than any. */
const Wide = Digits.clone({ precision: 44, minE: -7_000, maxE: 7_000 });

/** The functions below come so near to a simpler one beyond these that no digit differs; their series have no end there. */
const hyperbolicEnd = 100;
const [small, great] = ['1e-40', '1e40'];

const sharedTail = (x: Decimal): Decimal => new Digits(new Wide(x.abs()).exp().div(2));
const logOfDouble = (x: Decimal): Decimal => new Digits(new Wide(x.abs()).times(2).ln());
const [straightAngle, rightAngle] = [Digits.acos(-1), Digits.acos(0)];

export const sinh = (x: Decimal): Decimal => (x.abs().gt(hyperbolicEnd) ? sharedTail(x).times(x.s) : x.sinh());
export const cosh = (x: Decimal): Decimal => (x.abs().gt(hyperbolicEnd) ? sharedTail(x) : x.cosh());
export const tanh = (x: Decimal): Decimal => (x.abs().gt(hyperbolicEnd) ? new Digits(x.s) : x.tanh());

export const asinh = (x: Decimal): Decimal => {
  if (x.abs().lt(small)) return x;
  return x.abs().gt(great) ? logOfDouble(x).times(x.s) : x.asinh();
};
export const acosh = (x: Decimal): Decimal => (x.gt(great) ? logOfDouble(x) : x.acosh());
export const atan = (x: Decimal): Decimal => (x.abs().gt(great) ? rightAngle.times(x.s) : x.atan());

export const atan2 = (y: Decimal, x: Decimal): Decimal => {
  const ratio = y.div(x).abs();
  if (ratio.gt(great)) return rightAngle.times(y.s);
  if (y.isZero() || !x.isFinite() || ratio.gte(small)) return Digits.atan2(y, x);
  return x.isPositive() ? y.div(x) : straightAngle.times(y.s);
};
