import { Decimal128, Long } from 'bson';
import { type BsonNumber, exactOfDouble } from '../bson/number-order.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { addDecimals, decimalOf, divideDecimals } from './decimal.ts';
import { double, intOrLong, isInt, isWithinLong, long, toDecimal, width, widthOf } from './typed.ts';

/** Adds doubles without the error that grows with the count (Neumaier), as the server does. */
class CompensatedSum {
  #total = 0;
  #lost = 0;

  add(number: number): void {
    const next = this.#total + number;
    if (Number.isFinite(next)) {
      this.#lost +=
        Math.abs(this.#total) >= Math.abs(number) ? this.#total - next + number : number - next + this.#total;
    }
    this.#total = next;
  }

  get total(): number {
    return this.#total + this.#lost;
  }

  /** Two numbers whose sum it is, the second too small for the first to hold it. */
  get parts(): [number, number] {
    return [this.#total, this.#lost];
  }

  get decimal(): Decimal128 {
    if (!Number.isFinite(this.#total)) return toDecimal(this.#total);
    const [total, lost] = this.parts.map((part) => decimalOf(exactOfDouble(part)));
    return addDecimals(total!, lost!);
  }
}

/** The sum of what are numbers, in the widest of their types; the rest does not count. */
export class ExactSum {
  /** Whole numbers, as long as a double holds their sum; then they move to the long ones. */
  #ints = 0;
  #longs = 0n;
  readonly #doubles = new CompensatedSum();
  #decimals: Decimal128 | null = null;
  #width: number = width.int;
  count = 0;

  add(value: unknown): void {
    if (typeof value === 'number' && isInt(value)) {
      this.count++;
      this.#addInt(value);
    } else if (isNumber(value)) {
      this.count++;
      this.#addWide(value);
    }
  }

  #addInt(value: number): void {
    const next = this.#ints + value;
    if (Number.isSafeInteger(next)) {
      this.#ints = next;
      return;
    }
    this.#longs += BigInt(this.#ints) + BigInt(value);
    this.#ints = 0;
  }

  #addWide(value: BsonNumber): void {
    this.#width = Math.max(this.#width, widthOf(value));
    if (value instanceof Long) this.#longs += value.toBigInt();
    else if (value instanceof Decimal128) this.#decimals = this.#decimals ? addDecimals(this.#decimals, value) : value;
    else this.#doubles.add(toNumber(value));
  }

  get #whole(): bigint {
    return BigInt(this.#ints) + this.#longs;
  }

  get #double(): number {
    const all = new CompensatedSum();
    const whole = this.#whole;
    const nearest = Number(whole);
    for (const part of [nearest, Number(whole - BigInt(nearest)), ...this.#doubles.parts]) all.add(part);
    return all.total;
  }

  get #decimal(): Decimal128 {
    const whole = decimalOf({ digits: this.#whole, exponent: 0 });
    const rest = addDecimals(whole, this.#doubles.decimal);
    return this.#decimals ? addDecimals(this.#decimals, rest) : rest;
  }

  get total(): BsonNumber {
    if (this.#width === width.decimal) return this.#decimal;
    const whole = this.#whole;
    if (this.#width === width.double || !isWithinLong(whole)) return double(this.#double);
    return this.#width === width.int ? intOrLong(whole) : long(whole);
  }

  /** A double or a decimal; null without any number. */
  get average(): BsonNumber | null {
    if (this.count === 0) return null;
    return this.#width === width.decimal
      ? divideDecimals(this.#decimal, toDecimal(this.count))
      : double(this.#double / this.count);
  }
}
