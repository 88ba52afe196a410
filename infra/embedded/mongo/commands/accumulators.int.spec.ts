import { Decimal128 } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

describe('accumulators that keep so many values', () => {
  const mongo = useMongo();
  const sales = [
    { _id: 1, of: { state: 'CA' }, at: 2 },
    { _id: 2, of: { state: 'CA' }, at: 1 },
    { _id: 3, of: { state: 'NY' }, at: 3 },
    { _id: 4, of: { state: 'NY' }, at: 4 },
  ];
  const grouped = async (accumulator: object) => {
    const collection = await mongo.collection(...sales);
    const groups = await collection.aggregate([{ $group: { _id: '$of', kept: accumulator } }]).toArray();
    return Object.fromEntries(groups.map(({ _id, kept }) => [(_id as unknown as { state: string }).state, kept]));
  };
  const refused = async (accumulator: object) => (await refusal(grouped(accumulator))).code;

  it('keep as many as the key of their group says', async () => {
    const n = { $cond: { if: { $eq: ['$state', 'CA'] }, then: 2, else: 1 } };
    const expected = { CA: [2, 1], NY: [3] };
    expect(await grouped({ $topN: { n, sortBy: { at: 1 }, output: '$_id' } })).toEqual(expected);
    expect(await grouped({ $firstN: { n, input: '$_id' } })).toEqual({ CA: [1, 2], NY: [3] });
    const collection = await mongo.collection(...sales);
    const $bucketAuto = { groupBy: '$_id', buckets: 2, output: { kept: { $firstN: { n, input: '$_id' } } } };
    expect((await refusal(collection.aggregate([{ $bucketAuto }]).toArray())).code).toBe(4544714);
  });

  it('keep no more than there are', async () => {
    const n = Decimal128.fromString('9223372036854775807');
    expect(await grouped({ $lastN: { n, input: '$_id' } })).toEqual({ CA: [1, 2], NY: [3, 4] });
    const more = Decimal128.fromString('9223372036854775808');
    expect(await refused({ $lastN: { n: more, input: '$_id' } })).toBe(5787903);
  });

  it.each(['$firstN', '$lastN', '$minN', '$maxN'])('say what is wrong with %s', async (name) => {
    const code = (operand: unknown) => refused({ [name]: operand });
    expect(await code({ n: 'text', input: '$_id' })).toBe(5787902);
    expect(await code({ n: 1.5, input: '$_id' })).toBe(5787903);
    expect(await code({ n: 0, input: '$_id' })).toBe(5787908);
    expect(await code({ input: '$_id' })).toBe(5787906);
    expect(await code({ n: 1 })).toBe(5787907);
    expect(await code({ n: 1, input: '$_id', more: 1 })).toBe(5787901);
    expect(await code(1)).toBe(name.startsWith('$m') ? 5787900 : 5787801);
    expect(await refused({ $push: { [name]: { n: 1 } } })).toBe(5787907);
  });

  it('say what is wrong with the first and last in an order', async () => {
    const code = (name: string, operand: unknown) => refused({ [name]: operand });
    const whole = { n: 1, sortBy: { at: 1 }, output: '$_id' };
    const without = (part: string) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== part));
    expect(await code('$topN', without('n'))).toBe(5788003);
    expect(await code('$topN', without('output'))).toBe(5788004);
    expect(await code('$topN', without('sortBy'))).toBe(5788005);
    expect(await code('$topN', { ...whole, sortBy: 'at' })).toBe(10065);
    expect(await code('$topN', { ...whole, sortBy: {} })).toBe(9657900);
    expect(await code('$topN', { ...whole, more: 1 })).toBe(5788002);
    expect(await code('$top', whole)).toBe(5788002);
    expect(await code('$top', 1)).toBe(5788001);
  });

  it('take no share that is no number', async () => {
    const share = (p: unknown) => refused({ $percentile: { p, input: '$_id', method: 'approximate' } });
    expect(await share([Number.NaN])).toBe(7750303);
    expect(await share([2])).toBe(7750303);
  });
});
