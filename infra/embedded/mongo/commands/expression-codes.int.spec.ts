import { Long } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

/** The codes that the tests of the server itself ask for. */
const refused: [expression: unknown, code: number][] = [
  [{ $let: 1 }, 16874],
  [{ $let: { vars: {}, in: 1, more: 1 } }, 16875],
  [{ $let: { in: 1 } }, 16876],
  [{ $let: { vars: {} } }, 16877],
  [{ $filter: 1 }, 28646],
  [{ $filter: { cond: true } }, 28648],
  [{ $filter: { input: [] } }, 28650],
  [{ $map: 1 }, 16878],
  [{ $map: { input: [], in: 1, more: 1 } }, 16879],
  [{ $map: { in: 1 } }, 16880],
  [{ $map: { input: [] } }, 16882],
  [{ $reduce: 1 }, 40075],
  [{ $reduce: { more: 1 } }, 40076],
  [{ $reduce: { initialValue: 1, in: 1 } }, 40077],
  [{ $reduce: { input: [], in: 1 } }, 40078],
  [{ $reduce: { input: [], initialValue: 1 } }, 40079],
  [{ $ifNull: [1] }, 1257300],
  [{ $dateTrunc: 'A' }, 5439007],
  [{ $dateTrunc: { endDate: 1 } }, 5439008],
  [{ $dateTrunc: { unit: 'week' } }, 5439009],
  [{ $dateTrunc: { date: '$at' } }, 5439010],
  [{ $dateTrunc: { date: 'text', unit: 'day' } }, 5439012],
  [{ $dateTrunc: { date: '$at', unit: 1 } }, 5439013],
  [{ $dateTrunc: { date: '$at', unit: 'day', binSize: 2.5 } }, 5439017],
  [{ $dateTrunc: { date: '$at', unit: 'day', binSize: 0 } }, 5439018],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 1 } }, 5439015],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'FRIDIE' } }, 5439016],
  [{ $dateDiff: { startDate: 'text', endDate: '$at', unit: 'day' } }, 5166307],
  [{ $dateDiff: { startDate: '$at', endDate: '$at', unit: 5 } }, 5439013],
  [{ $dateDiff: { startDate: '$at', endDate: '$at', unit: 'decade' } }, 5439014],
  [{ $dateToString: 1 }, 18629],
  [{ $dateToString: { format: '%Y' } }, 18628],
  [{ $dateToString: { date: '$at', more: 1 } }, 18534],
  [{ $dateToString: { date: '$at', format: '%' } }, 18535],
  [{ $dateFromString: 1 }, 40540],
  [{ $dateFromString: { more: 1 } }, 40541],
  [{ $dateFromString: {} }, 40542],
  [{ $dateFromParts: 1 }, 40519],
  [{ $dateFromParts: { year: 2020, more: 1 } }, 40518],
  [{ $dateFromParts: { isoWeekYear: 2020, month: 1 } }, 40525],
  [{ $dateToParts: 1 }, 40524],
  [{ $dateToParts: { date: '$at', more: 1 } }, 40520],
  [{ $dateToParts: {} }, 40522],
  [{ $dateDiff: 1 }, 5166301],
  [{ $dateDiff: { more: 1 } }, 5166302],
  [{ $dateDiff: { endDate: '$at', unit: 'day' } }, 5166303],
  [{ $dateDiff: { startDate: '$at', unit: 'day' } }, 5166304],
  [{ $dateDiff: { startDate: '$at', endDate: '$at' } }, 5166305],
  [{ $dateAdd: 1 }, 5166400],
  [{ $dateAdd: { startDate: '$at', unit: 'day', amount: Long.MAX_VALUE } }, 5976500],
  [{ $dateAdd: { unit: 'second', amount: 120 } }, 5166402],
  [{ $dateAdd: { startDate: '$at', units: 'day', amount: 1 } }, 5166401],
  [{ $dateSubtract: { startDate: 'text', unit: 'year', amount: 10 } }, 5166403],
  [{ $dateAdd: { startDate: '$at', unit: 1, amount: 10 } }, 5166404],
  [{ $dateAdd: { startDate: '$at', unit: 'epoch', amount: 10 } }, 9],
  [{ $arrayToObject: { $literal: [['a\0b', 1]] } }, 4940400],
  [{ $arrayToObject: { $literal: [{ k: 'a\0b', v: 1 }] } }, 4940401],
  [{ $regexFind: { input: 'a', regex: '(' } }, 51111],
  [{ $regexFind: 'a' }, 51103],
  [{ $regexMatch: { input: 'a', regex: 'a', more: 1 } }, 31024],
  [{ $regexFindAll: { regex: 'a' } }, 31022],
  [{ $regexFind: { input: 'a' } }, 31023],
  [{ $regexFind: { input: 'a', regex: 'a', options: 'z' } }, 51108],
  [{ $regexFind: { input: 'a', regex: 'a\0b' } }, 51109],
  [{ $regexFind: { input: 'a', regex: 'a', options: 'i\0' } }, 51110],
  [{ $trim: 'a' }, 50696],
  [{ $ltrim: {} }, 50695],
  [{ $rtrim: { input: 'a', more: 1 } }, 50694],
  [{ $replaceOne: 'a' }, 51751],
  [{ $replaceAll: { input: 'a', find: 'a', replacement: 'a', more: 1 } }, 51750],
  [{ $replaceAll: { find: 'a', replacement: 'a' } }, 51749],
  [{ $replaceAll: { input: 'a', replacement: 'a' } }, 51748],
  [{ $replaceAll: { input: 'a', find: 'a' } }, 51747],
  [{ $concat: [1, null] }, 16702],
  [{ $concatArrays: [1, null] }, 28664],
  [{ $setUnion: [1, null] }, 17043],
  [{ $setIntersection: [1, null] }, 17047],
  [{ $setEquals: [[1]] }, 17045],
  [{ $slice: [[1], 1.5] }, 28726],
  [{ $slice: [[1], 1, 1.5] }, 28728],
  [{ $range: [1.5, 1] }, 34444],
  [{ $range: [1, 1.5] }, 34446],
  [{ $range: [1, 2, null] }, 34447],
  [{ $range: [1, 2, 1.5] }, 34448],
  [{ $zip: 'a' }, 34460],
  [{ $zip: { inputs: '$list' } }, 34461],
  [{ $zip: { inputs: [[1]], defaults: null } }, 34462],
  [{ $zip: { inputs: [[1]], more: 1 } }, 34464],
  [{ $zip: {} }, 34465],
  [{ $sortArray: 'a' }, 2942500],
  [{ $sortArray: { input: [1], sortBy: 1, more: 1 } }, 2942501],
  [{ $sortArray: { sortBy: 1 } }, 2942502],
  [{ $sortArray: { input: [1] } }, 2942503],
  [{ $sortArray: { input: [1], sortBy: {} } }, 2942505],
  [{ $sortArray: { input: [1], sortBy: { a: 2 } } }, 2942505],
  [{ $sortArray: { input: [1], sortBy: { 'a.': 1 } } }, 2942505],
  [{ $sortArray: { input: [1], sortBy: 2 } }, 2942506],
  [{ $sortArray: { input: [1], sortBy: 'a' } }, 2942507],
  [{ $setField: 'a' }, 4161100],
  [{ $setField: { field: 'a', input: {}, value: 1, more: 1 } }, 4161101],
  [{ $setField: { input: {}, value: 1 } }, 4161102],
  [{ $setField: { field: 'a', input: {} } }, 4161103],
  [{ $setField: { field: { $concat: ['a', 'b'] }, input: {}, value: 1 } }, 4161106],
  [{ $setField: { field: 33, input: 33, value: 1 } }, 4161107],
  [{ $setField: { field: '$a', input: {}, value: 1 } }, 4161108],
  [{ $unsetField: { field: 'a' } }, 4161109],
  [{ $getField: { field: 'a', input: {}, more: 1 } }, 3041701],
  [{ $getField: { input: {} } }, 3041702],
  [{ $getField: { field: 'a' } }, 3041703],
  [{ $getField: { $literal: 1 } }, 3041704],
  [{ $hour: { timezone: 'UTC' } }, 40539],
  [{ $hour: { date: '$at', more: 1 } }, 40535],
  [{ $hour: ['$at', '$at'] }, 40536],
  [{ $tsIncrement: 'a' }, 5687302],
  [{ $convert: { input: 1, to: 1.5 } }, 9],
  [{ $convert: { input: 1, to: 1_000 } }, 9],
  [{ $convert: { input: '1E400', to: 'double' } }, 241],
  [{ $convert: { input: 'w6k=', to: 'binData' } }, 4341115],
  [{ $convert: { input: 'w6k=', to: 'binData', format: 1 } }, 4341114],
  [{ $convert: { input: 1, to: { type: 'binData', subtype: 'a' } } }, 4341108],
  [{ $convert: { input: 1, to: { type: 'binData', subtype: 1.5 } } }, 4341106],
  [{ $toInt: [1, 2] }, 50723],
  [{ $rand: 1 }, 10065],
  [{ $meta: 1 }, 17307],
  [{ $meta: 'nothing' }, 17308],
  [{ $meta: 'textScore' }, 40218],
  [{ $percentile: { input: 1, p: [0.5] } }, 40414],
  [{ $median: { input: 1, method: 'approximate', more: 1 } }, 40415],
  [{ $map: { input: [], as: 1, in: 1 } }, 9],
  [{ $let: { vars: { 'a.b': 1 }, in: 1 } }, 9],
  ['$$_a', 9],
  ['$$CLUSTER_TIME', 51144],
  ['$a.', 40353],
];

describe('the arguments of expressions', () => {
  const mongo = useMongo();
  const value = async (expression: unknown) => {
    const collection = await mongo.collection({ at: new Date('2020-01-30T18:59:00Z') });
    return (await collection.aggregate([{ $project: { value: expression } }]).next())!.value as unknown;
  };

  it.each(refused)('are refused by the code of the server: %j', async (expression, code) =>
    expect((await refusal(value(expression))).code).toBe(code),
  );

  it('are refused in the words of the server', async () => {
    const collection = await mongo.collection({ _id: 1, a: 'text' });
    const message = async (promise: Promise<unknown>) => (await refusal(promise)).message;
    expect(await message(collection.aggregate([{ $set: { b: { $toInt: '$a' } } }]).toArray())).toBe(
      "PlanExecutor error during aggregation :: caused by :: Failed to parse number 'text' in $convert with no onError value: Did not consume whole string.",
    );
    expect(await message(collection.aggregate([{ $project: { a: 1, b: 0 } }]).toArray())).toBe(
      'Invalid $project :: caused by :: Cannot do exclusion on field b in inclusion projection',
    );
    expect(await message(collection.updateOne({}, { $inc: { a: 1 } }))).toBe(
      "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
    );
    expect(await message(collection.updateOne({}, { $push: { a: 1 } } as never))).toBe(
      "The field 'a' must be an array but is of type string in document {_id: 1}",
    );
  });

  it('say where a week begins to what is about weeks only', async () => {
    const startOfWeek = '$missing';
    expect(await value({ $dateTrunc: { date: '$at', unit: 'week', startOfWeek } })).toBeNull();
    expect(await value({ $dateTrunc: { date: '$at', unit: 'year', startOfWeek } })).toEqual(new Date('2020-01-01'));
    expect(await value({ $dateDiff: { startDate: '$at', endDate: '$at', unit: 'hour', startOfWeek: 1 } })).toBe(0);
    expect(await value({ $dateDiff: { startDate: '$at', endDate: '$at', unit: 'week', startOfWeek } })).toBeNull();
  });
});
