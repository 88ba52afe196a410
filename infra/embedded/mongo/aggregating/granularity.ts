import { compute, divide } from '../arithmetic/operations.ts';
import { double, intOrLong, isWhole, toBigInt, toDecimal, width, widthOf } from '../arithmetic/typed.ts';
import type { BsonNumber } from '../bson/number-order.ts';
import { compareValues } from '../bson/order.ts';
import { locationFailure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, isZero, toNumber } from '../numbers.ts';
import { raise } from './operators/functions.ts';

/** To the next one above or below of those numbers that spans may begin and end with; zero stays where it is. */
export interface Granularity {
  up(value: unknown): BsonNumber;
  down(value: unknown): BsonNumber;
}

type Faults = readonly [notANumber: number, notAny: number, negative: number];

const checked = (value: unknown, [notANumber, notAny, negative]: Faults): BsonNumber => {
  if (!isNumber(value)) {
    const type = typeName(value);
    throw locationFailure(notANumber, `A granularity rounder can only round numeric values, but found type: ${type}`);
  }
  const number = toNumber(value);
  if (Number.isNaN(number)) throw locationFailure(notAny, 'A granularity rounder cannot round NaN');
  if (number < 0) throw locationFailure(negative, 'A granularity rounder can only round non-negative numbers');
  if (number === Infinity) throw locationFailure(11785400, 'A granularity rounder can only round finite numbers');
  return value;
};

type Round = (value: BsonNumber) => BsonNumber;

const rounding = (faults: Faults, up: Round, down: Round): Granularity => {
  const unlessZero = (round: Round) => (value: unknown) => {
    const number = checked(value, faults);
    return isZero(number) ? number : round(number);
  };
  return { up: unlessZero(up), down: unlessZero(down) };
};

/** Numbers that are preferred to others, in each power of ten. */
const preferred = (series: readonly number[]): Granularity => {
  const [first, last] = [series[0]!, series.at(-1)!];
  const oneAs = (value: BsonNumber): BsonNumber => (widthOf(value) === width.decimal ? toDecimal(1) : double(1));
  const tenfold = (scale: BsonNumber): BsonNumber => compute('multiply', scale, 10);
  const tenth = (scale: BsonNumber): BsonNumber => divide(scale, 10);
  const at = (member: number, scale: BsonNumber): BsonNumber => compute('multiply', member, scale);
  const up: Round = (value) => {
    const isUnder = (member: number, scale: BsonNumber) => compareValues(value, at(member, scale)) < 0;
    let scale = oneAs(value);
    while (!isUnder(last, scale)) scale = tenfold(scale);
    while (isUnder(first, scale)) {
      const above = at(first, scale);
      scale = tenth(scale);
      if (!isUnder(last, scale)) return above;
    }
    return at(
      series.find((member) => isUnder(member, scale))!,
      scale,
    );
  };
  const down: Round = (value) => {
    const isOver = (member: number, scale: BsonNumber) => compareValues(value, at(member, scale)) > 0;
    let scale = oneAs(value);
    while (!isOver(first, scale)) scale = tenth(scale);
    while (isOver(last, scale)) {
      const below = at(last, scale);
      scale = tenfold(scale);
      if (!isOver(first, scale) || isZero(scale)) return below;
    }
    return at(
      series.findLast((member) => isOver(member, scale))!,
      scale,
    );
  };
  return rounding([40262, 40263, 40268], up, down);
};

/** Of whole numbers to the bit, of others by the logarithm. */
const powersOfTwo = (): Granularity => {
  const bits = (value: BsonNumber): number => (isZero(value) ? 0 : toBigInt(value).toString(2).length);
  const two = (value: BsonNumber, exponent: number): BsonNumber =>
    raise(2, widthOf(value) === width.decimal ? toDecimal(exponent) : intOrLong(BigInt(exponent)));
  return rounding(
    [40265, 40266, 40267],
    (value) => two(value, isWhole(value) ? bits(value) : Math.floor(Math.log2(toNumber(value))) + 1),
    (value) =>
      two(value, isWhole(value) ? bits(compute('subtract', value, 1)) - 1 : Math.ceil(Math.log2(toNumber(value))) - 1),
  );
};

const e192 = [
  100, 101, 102, 104, 105, 106, 107, 109, 110, 111, 113, 114, 115, 117, 118, 120, 121, 123, 124, 126, 127, 129, 130,
  132, 133, 135, 137, 138, 140, 142, 143, 145, 147, 149, 150, 152, 154, 156, 158, 160, 162, 164, 165, 167, 169, 172,
  174, 176, 178, 180, 182, 184, 187, 189, 191, 193, 196, 198, 200, 203, 205, 208, 210, 213, 215, 218, 221, 223, 226,
  229, 232, 234, 237, 240, 243, 246, 249, 252, 255, 258, 261, 264, 267, 271, 274, 277, 280, 284, 287, 291, 294, 298,
  301, 305, 309, 312, 316, 320, 324, 328, 332, 336, 340, 344, 348, 352, 357, 361, 365, 370, 374, 379, 383, 388, 392,
  397, 402, 407, 412, 417, 422, 427, 432, 437, 442, 448, 453, 459, 464, 470, 475, 481, 487, 493, 499, 505, 511, 517,
  523, 530, 536, 542, 549, 556, 562, 569, 576, 583, 590, 597, 604, 612, 619, 626, 634, 642, 649, 657, 665, 673, 681,
  690, 698, 706, 715, 723, 732, 741, 750, 759, 768, 777, 787, 796, 806, 816, 825, 835, 845, 856, 866, 876, 887, 898,
  909, 920, 931, 942, 953, 965, 976, 988,
]; // prettier-ignore
const e24 = [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91];
const r40 = [
  100, 106, 112, 118, 125, 132, 140, 150, 160, 170, 180, 190, 200, 212, 224, 236, 250, 265, 280, 300, 315, 355, 375,
  400, 425, 450, 475, 500, 530, 560, 600, 630, 670, 710, 750, 800, 850, 900, 950,
]; // prettier-ignore
const r80 = [
  103, 109, 115, 122, 128, 136, 145, 155, 165, 175, 185, 195, 206, 218, 230, 243, 258, 272, 290, 307, 325, 345, 365,
  387, 412, 437, 462, 487, 515, 545, 575, 615, 650, 690, 730, 775, 825, 875, 925, 975,
]; // prettier-ignore

const every = (step: number, series: readonly number[]): number[] => series.filter((_, at) => at % step === 0);

const granularities: ReadonlyMap<unknown, Granularity> = new Map<unknown, Granularity>([
  ['R5', preferred([10, 16, 25, 40, 63])],
  ['R10', preferred([100, 125, 160, 200, 250, 315, 400, 500, 630, 800])],
  ['R20', preferred([100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900])], // prettier-ignore
  ['R40', preferred(r40)],
  ['R80', preferred(r80)],
  ['1-2-5', preferred([10, 20, 50])],
  ['E6', preferred(every(4, e24))],
  ['E12', preferred(every(2, e24))],
  ['E24', preferred(e24)],
  ['E48', preferred(every(4, e192))],
  ['E96', preferred(every(2, e192))],
  ['E192', preferred(e192)],
  ['POWERSOF2', powersOfTwo()],
]);

export const readGranularity = (name: unknown): Granularity | undefined => {
  if (name === undefined) return undefined;
  if (typeof name !== 'string') throw locationFailure(40261, "The $bucketAuto 'granularity' field must be a string");
  const granularity = granularities.get(name);
  if (granularity) return granularity;
  throw locationFailure(40257, `Unknown rounding granularity '${name}'`);
};
