import { Binary, ObjectId, Timestamp } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

const at = (text: string) => new Date(text);
const binary = (text: string, subtype?: number) => new Binary(Buffer.from(text), subtype);
const uuid = '0e3b9063-8abd-4eb3-9f9f-f4c59fd30a60';
const document = {
  _id: 1,
  bytes: binary('é'),
  text: 'Héllo',
  nothing: null,
  list: [3, 1, 2],
  sorted: [{ a: { b: [0, 9] } }, { a: { b: 1 } }, { a: { c: 1 } }],
  none: [],
  at: at('2024-03-10T15:04:05.678Z'),
  id: new ObjectId('5f0000000000000000000000'),
  parts: [{ n: 1 }, { n: [2] }, [{ n: 3 }]],
};

/** Where the server's arithmetic, text and calendar are easily got wrong. */
const computed: [expression: unknown, value: unknown][] = [
  [{ $toUpper: '$text' }, 'HéLLO'],
  [{ $toLower: 'ÀB' }, 'Àb'],
  [{ $toUpper: '$nothing' }, ''],
  [{ $substrBytes: ['$text', 3, 2] }, 'll'],
  [{ $substr: ['hello', 1, -1] }, 'ello'],
  [{ $substrCP: ['$text', 1, 2] }, 'él'],
  [{ $substrBytes: ['hello', 1.9, 2] }, 'el'],
  [{ $dateFromParts: { year: 2024, second: 86_400 } }, at('2024-01-02T00:00:00Z')],
  [{ $substrCP: [12345, 1, 9] }, '2345'],
  [{ $indexOfBytes: ['$text', 'l'] }, 3],
  [{ $indexOfCP: ['$text', 'l'] }, 2],
  [{ $indexOfCP: ['$text', 'l', 4] }, -1],
  [{ $arrayToObject: [[['a', 1], ['b', 2]]] }, { a: 1, b: 2 }],
  [{ $size: '$none' }, 0],
  [{ $stdDevSamp: [4] }, null],
  [{ $stdDevPop: [4] }, 0],
  [{ $year: '$nothing' }, null],
  [{ $hour: { date: '$at', timezone: 'Asia/Shanghai' } }, 23],
  [{ $hour: { date: '$at', timezone: '+0530' } }, 20],
  [{ $dayOfWeek: '$at' }, 1],
  [{ $isoDayOfWeek: '$at' }, 7],
  [{ $week: '$at' }, 10],
  [{ $week: at('2024-01-01T00:00:00Z') }, 0],
  [{ $isoWeek: at('2024-12-30T00:00:00Z') }, 1],
  [{ $isoWeekYear: at('2024-12-30T00:00:00Z') }, 2025],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%d %U' } }, '2024-03-10 10'],
  [{ $dateAdd: { startDate: at('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } }, at('2024-02-29T00:00:00Z')],
  [{ $dateSubtract: { startDate: at('2024-05-31T00:00:00Z'), unit: 'quarter', amount: 1 } }, at('2024-02-29T00:00:00Z')],
  [
    { $dateAdd: { startDate: at('2024-03-09T12:00:00Z'), unit: 'day', amount: 1, timezone: 'America/New_York' } },
    at('2024-03-10T11:00:00Z'),
  ],
  [{ $dateDiff: { startDate: at('2024-03-09T23:30:00Z'), endDate: '$at', unit: 'day' } }, 1],
  [{ $dateDiff: { startDate: at('2024-03-09T00:00:00Z'), endDate: '$at', unit: 'week', startOfWeek: 'mon' } }, 0],
  [{ $dateDiff: { startDate: at('2023-12-31T00:00:00Z'), endDate: '$at', unit: 'quarter' } }, 1],
  [{ $dateDiff: { startDate: at('2024-03-10T14:59:00Z'), endDate: '$at', unit: 'hour' } }, 1],
  [{ $dateDiff: { startDate: '$nothing', endDate: '$at', unit: 'day' } }, null],
  [{ $dateTrunc: { date: '$at', unit: 'month' } }, at('2024-03-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week' } }, at('2024-03-10T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, at('2024-03-04T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'hour', binSize: 6 } }, at('2024-03-10T12:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Asia/Shanghai' } }, at('2024-03-09T16:00:00Z')],
  [{ $dateToString: { date: '$at', timezone: 'Asia/Shanghai', format: '%d %b %Y %H:%M %z' } }, '10 Mar 2024 23:04 +0800'],
  [{ $dateToString: { date: '$nothing', onNull: 'never' } }, 'never'],
  [{ $dateFromString: { dateString: '2024-03-10T15:04:05+08:00' } }, at('2024-03-10T07:04:05Z')],
  [{ $dateFromString: { dateString: '10.3.2024', format: '%d.%m.%Y', timezone: 'Asia/Shanghai' } }, at('2024-03-09T16:00:00Z')],
  [{ $dateFromString: { dateString: '2024-02-30', onError: 'no' } }, 'no'],
  [{ $trim: { input: '  x y\t' } }, 'x y'],
  [{ $ltrim: { input: 'aabxa', chars: 'ab' } }, 'xa'],
  [{ $replaceAll: { input: 'a.a', find: 'a', replacement: { $literal: '$&' } } }, '$&.$&'],
  [{ $regexFind: { input: '$text', regex: /l+(o)/ } }, { match: 'llo', idx: 2, captures: ['o'] }],
  [{ $regexMatch: { input: '$text', regex: 'H', options: 'i' } }, true],
  [{ $regexFindAll: { input: 'ab', regex: 'c*' } }, [0, 1].map((idx) => ({ match: '', idx, captures: [] }))],
  [{ $regexFindAll: { input: 'a\u{1F600}', regex: /$/ } }, [{ match: '', idx: 2, captures: [] }]],
  [{ $toLower: new Timestamp({ t: 1, i: 2 }) }, 'jan  1 00:00:01:2'],
  [{ $concat: [null, 1] }, null],
  [{ $regexFindAll: { input: 'aba', regex: 'a' } }, [{ match: 'a', idx: 0, captures: [] }, { match: 'a', idx: 2, captures: [] }]],
  [{ $sortArray: { input: '$list', sortBy: -1 } }, [3, 2, 1]],
  [{ $sortArray: { input: '$sorted', sortBy: { 'a.b': 1 } } }, [{ a: { c: 1 } }, { a: { b: 1 } }, { a: { b: [0, 9] } }]],
  [{ $zip: { inputs: ['$list', [7]], useLongestLength: true } }, [[3, 7], [1, null], [2, null]]],
  [{ $slice: ['$list', -2] }, [1, 2]],
  [{ $indexOfArray: ['$list', 2] }, 2],
  [{ $setDifference: ['$list', [1]] }, [3, 2]],
  [{ $getField: 'text' }, 'Héllo'],
  [{ $getField: { $concat: ['te', 'xt'] } }, 'Héllo'],
  [{ $let: { vars: { CURRENT: { text: 1 } }, in: ['$text', '$$CURRENT.text', '$$ROOT.text'] } }, [1, 1, 'Héllo']],
  ['$$USER_ROLES', []],
  [{ $setField: { field: 'a', input: { b: 1 }, value: 2 } }, { b: 1, a: 2 }],
  [{ $maxN: { input: '$list', n: 2 } }, [3, 2]],
  [{ $convert: { input: 'w6k=', to: 'binData', format: 'base64' } }, binary('é')],
  [{ $convert: { input: 'é', to: { type: 'binData', subtype: 128 }, format: 'utf8' } }, binary('é', 128)],
  [{ $convert: { input: '$bytes', to: 'string', format: 'hex' } }, 'C3A9'],
  [{ $convert: { input: '$bytes', to: 'string', format: 'base64url' } }, 'w6k'],
  [{ $convert: { input: 'w6k', to: 'binData', format: 'base64', onError: 'no' } }, 'no'],
  [{ $toString: '$bytes' }, 'w6k='],
  [{ $toString: { $toUUID: uuid.toUpperCase() } }, uuid],
  [{ $percentile: { input: [3, Number.NaN, -Infinity, Infinity, 1], p: [0, 0.5, 1], method: 'approximate' } }, [-Infinity, 1, Infinity]],
  [{ $dateFromParts: { year: 2024, month: 14 } }, at('2025-02-01T00:00:00Z')],
  [{ $dateFromParts: { isoWeekYear: 2024, isoWeek: 10, isoDayOfWeek: 7 } }, at('2024-03-10T00:00:00Z')],
  [{ $dateFromParts: { year: 2024, month: 3, day: 10, hour: 23, timezone: 'Asia/Shanghai' } }, at('2024-03-10T15:00:00Z')],
]; // prettier-ignore

/** An operator's only argument may stand in a list of its own, and a list that is the argument in another one. */
const operands: [expression: object, value: unknown][] = [
  [{ $reverseArray: [[1, 2]] }, [2, 1]],
  [{ $reverseArray: ['$list'] }, [2, 1, 3]],
  [{ $last: ['$list'] }, 2],
  [{ $size: [[5]] }, 1],
  [{ $not: [[false]] }, false],
  [{ $isNumber: ['$_id'] }, true],
  [{ $abs: [-5] }, 5],
  [{ $toString: ['$id'] }, '5f0000000000000000000000'],
  [{ $toDate: ['$at'] }, document.at],
  [{ $year: ['$at'] }, 2024],
  [{ $sum: ['$list'] }, 6],
  [{ $sum: ['$list', 1] }, 1],
  [{ $max: [[1, 5]] }, 5],
  [{ $mergeObjects: [[{ a: 1 }, { b: 2 }]] }, { a: 1, b: 2 }],
  [{ $add: '$_id' }, 1],
  [{ $and: '$nothing' }, false],
  [{ $concatArrays: '$list' }, [3, 1, 2]],
];

/** A path goes through the documents of an array, not through arrays in it, and knows no places in it. */
const paths: [expression: object, value: unknown][] = [
  [{ $concatArrays: ['$parts.n'] }, [1, [2]]],
  [{ $concatArrays: ['$$ROOT.parts.n'] }, [1, [2]]],
  [{ $concatArrays: ['$list.0'] }, []],
  [{ $ifNull: ['$text.more', 'none'] }, 'none'],
];

const refused: [expression: object, code: number][] = [
  [{ $percentile: { input: '$list', p: 0.5, method: 'approximate' } }, 7750301],
  [{ $percentile: { input: '$list', p: [0.5, 'x'], method: 'approximate' } }, 7750302],
  [{ $percentile: { input: '$list', p: [1.5], method: 'approximate' } }, 7750303],
  [{ $median: { input: '$list', method: 'exact' } }, 2],
  [{ $mod: [7, 0] }, 16610],
  [{ $map: { input: '$text', in: 1 } }, 16883],
  [{ $filter: { input: '$list', cond: true, limits: 1 } }, 28647],
  [{ $let: { vars: { A: 1 }, in: 1 } }, 9],
  [{ $mergeObjects: { 'a.b': 1 } }, 16412],
  [{ $mergeObjects: { a: 1, $b: 1 } }, 16410],
  [{ $slice: ['$list', 1, 0] }, 28729],
  [{ $zip: { inputs: [] } }, 34465],
  [{ $substrCP: ['abc', 0.5, 1] }, 34451],
  [{ $substrCP: ['abc', 0, -1] }, 34454],
  [{ $substrBytes: ['abc', 0, '1'] }, 16035],
  [{ $indexOfCP: [1, 'a'] }, 40093],
  [{ $dateFromParts: { year: 10000 } }, 40523],
  [{ $dateFromParts: { year: 2024, hour: 40000 } }, 31034],
  [{ $arrayToObject: [[['a', 1], { k: 'b', v: 2 }]] }, 40396],
  [{ $arrayToObject: [[{ k: 'b', v: 2 }, ['a', 1]]] }, 40391],
  [{ $arrayToObject: [[[1, 1]]] }, 40395],
  [{ $arrayToObject: [[{ k: 'b', w: 2 }]] }, 40393],
  [{ $arrayToObject: [[1]] }, 40398],
  [{ $dateTrunc: { date: '$at', unit: 'fortnight' } }, 5439014],
  [{ $log: [10, 1] }, 28759],
  [{ $acos: 2 }, 50989],
  [{ $ln: 0 }, 28766],
  [{ $size: '$nothing' }, 17124],
  [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40069],
  [{ $switch: { branches: [{ case: '$nothing', then: 1 }] } }, 40066],
  [{ $substrBytes: ['$text', 0, 2] }, 28657],
  [{ $hour: { date: '$at', timezone: 'Nowhere/Land' } }, 40485],
  [{ $nope: 1 }, 31325],
  [{ $fieldPath: '$a.b' }, 31325],
  [{ $abs: [1, 2] }, 16020],
  [{ $eq: 1 }, 16020],
  [{ $round: [1, 2, 3] }, 28667],
  [{ $cond: { if: true, then: 1 } }, 17082],
  [{ $add: '$list' }, 14],
  [{ $add: [1, 'a'] }, 14],
  [{ $divide: [1, 0] }, 2],
  [{ $concat: ['a', 1] }, 16702],
  [{ $in: [1, 2] }, 40081],
  [{ $mergeObjects: [{ a: 1 }, 5] }, 40400],
  [{ $toInt: 'x' }, 241],
  [{ $toInt: '$list' }, 241],
  [{ $toUUID: 'mine' }, 241],
  [{ $dateToString: { date: at('-000001-01-01T00:00:00Z') } }, 18537],
  [{ $convert: { input: '$bytes', to: { type: 'binData', subtype: 4 } } }, 241],
  [{ $convert: { input: '$bytes', to: 'string', format: 'uuid' } }, 241],
  [{ $convert: { input: '$bytes', to: 'string', format: 'base8' } }, 4341125],
  [{ $convert: { input: '$bytes', to: { type: 'binData', subtype: 77 } } }, 4341107],
  [{ $convert: { input: '$list', to: 'int' } }, 241],
  [{ $dateFromString: { dateString: 'soon' } }, 241],
  [{ $dateToString: { date: '$at', format: '%q' } }, 18536],
  [{ $add: [1], $subtract: [2, 1] }, 16410],
  [{ $dateAdd: { startDate: '$at', unit: 'year', amount: 1e12 } }, 5166406],
  [{ $dateFromParts: { year: 2024, second: 9e15 } }, 15],
  [{ $dateFromString: { dateString: '1 1', format: '%m %m' } }, 238],
  [{ $function: { body: 'f', args: [], lang: 'js' } }, 238],
  [{ $toHashedIndexKey: '$text' }, 238],
  [{ $zip: { inputs: ['$list', [7]], useLongestLength: true, defaults: [0] } }, 34467],
  [{ $switch: { branches: [{ case: true, then: 1, otherwise: 2 }] } }, 40063],
  [{ $switch: { branches: [{ case: true, then: 1 }], otherwise: 2 } }, 40067],
];

describe('expressions', () => {
  const mongo = useMongo();
  const value = async (expression: unknown): Promise<unknown> =>
    (await (await mongo.collection(document)).aggregate([{ $project: { value: expression } }]).toArray())[0]!.value;

  it.each([...operands, ...paths])('read %j', async (expression, expected) =>
    expect(await value(expression)).toEqual(expected),
  );

  it.each(computed)('compute %j', async (expression, expected) => expect(await value(expression)).toEqual(expected));

  it.each(refused)('refuse %j', async (expression, code) => expect((await refusal(value(expression))).code).toBe(code));

  it('are refused without any document, too, where they cannot be right', async () => {
    const empty = await mongo.collection();
    for (const stage of [
      { $set: { a: { $nope: 1 } } },
      { $group: { _id: { $nope: 1 } } },
      { $match: { $expr: { $nope: 1 } } },
    ])
      expect(await refusal(empty.aggregate([stage]).toArray())).toMatchObject({ code: 168 });
  });

  it('keep the variables of $let, $map, $filter and $reduce to themselves', async () => {
    expect(await value({ $map: { input: '$list', as: 'n', in: { $multiply: ['$$n', 2] } } })).toEqual([6, 2, 4]);
    expect(await value({ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } })).toBe(6);
    const nested = { $map: { input: '$list', in: { $reduce: { input: [1, 2], initialValue: '$$this', in: { $add: ['$$value', '$$this'] } } } } }; // prettier-ignore
    expect(await value(nested)).toEqual([6, 4, 5]);
    const outside = { $add: [{ $let: { vars: { n: 1 }, in: '$$n' } }, '$$n'] };
    expect(await refusal(value(outside))).toMatchObject({ code: 17276 });
  });
});
