import { Decimal128, Double } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('buckets between preferred numbers', () => {
  const mongo = useMongo();
  const buckets = async (granularity: string, count: number, ...values: unknown[]) => {
    const collection = await mongo.collection(...values.map((x, _id) => ({ _id, x })));
    const stage = { $bucketAuto: { groupBy: '$x', buckets: count, granularity } };
    const found = await collection.aggregate([stage]).toArray();
    return found.map(({ _id, count: held }) => [
      ...[_id.min, _id.max].map((bound) => (bound instanceof Decimal128 ? bound.toString() : bound)),
      held,
    ]);
  };
  const hundred = Array.from({ length: 100 }, (_, at) => at);

  it.each([
    ['R20', [[0, 20, 20], [20, 40, 20], [40, 63, 23], [63, 90, 27], [90, 100, 10]]],
    ['E24', [[0, 20, 20], [20, 43, 23], [43, 68, 25], [68, 91, 23], [91, 100, 9]]],
    ['1-2-5', [[0, 20, 20], [20, 50, 30], [50, 100, 50]]],
    ['POWERSOF2', [[0, 32, 32], [32, 64, 32], [64, 128, 36]]],
  ])('of %s hold what is between them', async (granularity, expected) => {
    expect(await buckets(granularity, 5, ...hundred)).toEqual(expected);
  }); // prettier-ignore

  it.each([
    ['R5', 3, [0, 0, 5, 7, 9, 10], [[0, 4, 2], [4, 10, 3], [10, 16, 1]]],
    ['E6', 2, [0.8, 1.2], [[0.68, 1, 1], [1, 1.5, 1]]],
    ['E6', 2, [Decimal128.fromString('0.8'), Decimal128.fromString('1.2')], [['0.68', '1.0', 1], ['1.0', '1.5', 1]]],
    ['R80', 8, [new Double(Number.MIN_VALUE)], [[0, 206 * Number.MIN_VALUE, 1]]],
    ['POWERSOF2', 2, [0.3, 1, 1.2, 4], [[0.25, 2, 3], [2, 8, 1]]],
    ['POWERSOF2', 2, [1, 1], [[0.5, 2, 2]]],
  ])('of %s reach around whatever there is, in %i', async (granularity, count, values, expected) => {
    expect(await buckets(granularity, count, ...values)).toEqual(expected);
  }); // prettier-ignore

  it.each([
    ['R5', 'a', 40262],
    ['R5', NaN, 40263],
    ['R5', -1, 40268],
    ['R5', Infinity, 11785400],
    ['POWERSOF2', 'a', 40265],
    ['POWERSOF2', NaN, 40266],
    ['POWERSOF2', -1, 40267],
  ])('of %s refuse %s', async (granularity, value, code) => {
    expect(await refusal(buckets(granularity, 2, value))).toMatchObject({ code });
  });
});
