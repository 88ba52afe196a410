import { ObjectId } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

const at = (text: string) => new Date(text);
const document = {
  _id: 1,
  text: 'Héllo',
  nothing: null,
  list: [3, 1, 2],
  none: [],
  at: at('2024-03-10T15:04:05.678Z'),
  id: new ObjectId('5f0000000000000000000000'),
  parts: [{ n: 1 }, { n: [2] }, [{ n: 3 }]],
};

/** Where the server's arithmetic, text and calendar are easily got wrong. */
const computed: [expression: object, value: unknown][] = [
  [{ $toUpper: '$text' }, 'HéLLO'],
  [{ $toLower: 'ÀB' }, 'Àb'],
  [{ $toUpper: '$nothing' }, ''],
  [{ $substrBytes: ['$text', 3, 2] }, 'll'],
  [{ $substr: ['hello', 1, -1] }, 'ello'],
  [{ $substrCP: ['$text', 1, 2] }, 'él'],
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
  [{ $regexFindAll: { input: 'aba', regex: 'a' } }, [{ match: 'a', idx: 0, captures: [] }, { match: 'a', idx: 2, captures: [] }]],
  [{ $sortArray: { input: '$list', sortBy: -1 } }, [3, 2, 1]],
  [{ $zip: { inputs: ['$list', [7]], useLongestLength: true } }, [[3, 7], [1, null], [2, null]]],
  [{ $slice: ['$list', -2] }, [1, 2]],
  [{ $indexOfArray: ['$list', 2] }, 2],
  [{ $setDifference: ['$list', [1]] }, [3, 2]],
  [{ $getField: 'text' }, 'Héllo'],
  [{ $setField: { field: 'a', input: { b: 1 }, value: 2 } }, { b: 1, a: 2 }],
  [{ $maxN: { input: '$list', n: 2 } }, [3, 2]],
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
  [{ $mod: [7, 0] }, 16610],
  [{ $map: { input: '$text', in: 1 } }, 16883],
  [{ $filter: { input: '$list', cond: true, limits: 1 } }, 9],
  [{ $slice: ['$list', 1, 0] }, 28729],
  [{ $dateTrunc: { date: '$at', unit: 'fortnight' } }, 9],
  [{ $log: [10, 1] }, 28759],
  [{ $acos: 2 }, 50989],
  [{ $ln: 0 }, 28766],
  [{ $size: '$nothing' }, 17124],
  [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
  [{ $substrBytes: ['$text', 0, 2] }, 28657],
  [{ $hour: { date: '$at', timezone: 'Nowhere/Land' } }, 40485],
  [{ $nope: 1 }, 168],
  [{ $fieldPath: '$a.b' }, 168],
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
  [{ $convert: { input: '$list', to: 'int' } }, 241],
  [{ $dateFromString: { dateString: 'soon' } }, 241],
  [{ $dateToString: { date: '$at', format: '%q' } }, 18536],
  [{ $add: [1], $subtract: [2, 1] }, 15983],
  [{ $function: { body: 'f', args: [], lang: 'js' } }, 168],
];

describe('expressions', () => {
  const mongo = useMongo();
  const value = async (expression: object): Promise<unknown> =>
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

describe('stages', () => {
  const mongo = useMongo();
  const run = async (...pipeline: object[]) => {
    const rows = [['a', 1], ['b', 5], ['a', 7], ['b', 2]].map(([k, v], _id) => ({ _id, k, v, below: { secret: _id } })); // prettier-ignore
    return (await mongo.collection(...rows)).aggregate(pipeline).toArray();
  };

  it('choose the first and the last of a group', async () => {
    const by = { sortBy: { v: -1 }, output: '$v' };
    const fields = { top: { $top: by }, bottom: { $bottom: by }, two: { $topN: { ...by, n: 2 } } };
    expect(await run({ $group: { _id: '$k', ...fields } }, { $sort: { _id: 1 } })).toEqual([
      { _id: 'a', top: 7, bottom: 1, two: [7, 1] },
      { _id: 'b', top: 5, bottom: 2, two: [5, 2] },
    ]);
  });

  it('divide documents into buckets of about the same size', async () => {
    const auto = { $bucketAuto: { groupBy: '$v', buckets: 2, output: { ids: { $push: '$_id' } } } };
    expect(await run(auto)).toEqual([
      { _id: { min: 1, max: 5 }, ids: [0, 3] },
      { _id: { min: 5, max: 7 }, ids: [1, 2] },
    ]);
    expect(await run({ $bucketAuto: { groupBy: '$k', buckets: 4 } })).toEqual([
      { _id: { min: 'a', max: 'b' }, count: 2 },
      { _id: { min: 'b', max: 'b' }, count: 2 },
    ]);
    expect(await refusal(run({ $bucketAuto: { groupBy: '$k', buckets: 0 } }))).toMatchObject({ code: 40243 });
  });

  it('look at what stands around a document', async () => {
    const window = (output: object) => ({ $setWindowFields: { partitionBy: '$k', sortBy: { v: 1 }, output } });
    const sum = { $sum: '$v', window: { range: [-1, 4] } };
    const fields = {
      sum,
      rank: { $rank: {} },
      next: { $shift: { output: '$v', by: 1, default: 0 } },
      more: { $locf: '$x' },
    };
    expect((await run(window(fields))).map(({ _id, sum, rank, next, more }) => [_id, sum, rank, next, more])).toEqual([
      [0, 1, 1, 7, null],
      [2, 7, 2, 0, null],
      [3, 7, 1, 5, null],
      [1, 5, 2, 0, null],
    ]);
    const average = {
      near: { $avg: '$v', window: { documents: [-1, 0] } },
      sets: { $push: '$v', window: { documents: ['unbounded', 'current'] } },
    };
    expect((await run(window(average))).map(({ near, sets }) => [near, sets])).toEqual([
      [1, [1]],
      [4, [1, 7]],
      [2, [2]],
      [3.5, [2, 5]],
    ]);
    for (const output of [{ x: { $nope: 1 } }, { x: { $rank: {}, window: { documents: [0, 1] } } }])
      expect((await refusal(run(window(output)))).code).toBeDefined();
  });

  it('merge the documents of a group', async () => {
    expect(await run({ $group: { _id: null, all: { $mergeObjects: { last: '$v' } } } })).toEqual([
      { _id: null, all: { last: 2 } },
    ]);
  });

  it('redact', async () => {
    const kept = await run({ $redact: { $cond: [{ $eq: ['$k', 'a'] }, '$$KEEP', '$$PRUNE'] } });
    expect(kept.map(({ _id }) => _id)).toEqual([0, 2]);
    const [first] = await run({ $redact: { $cond: [{ $gte: ['$secret', 0] }, '$$PRUNE', '$$DESCEND'] } });
    expect(first).toEqual({ _id: 0, k: 'a', v: 1 });
  });

  it('say what is wrong with them', async () => {
    const code = async (stage: object) => (await refusal(run(stage))).code;
    expect(await code({ $skip: -1 })).toBe(5107200);
    expect(await code({ $limit: -1 })).toBe(5107201);
    expect(await code({ $match: [] })).toBe(15959);
    expect(await code({ $sort: 'v' })).toBe(15973);
    expect(await code({ $group: { _id: null, sum: { $sum: ['$v', 1] } } })).toBe(40237);
    expect(await code({ $facet: { a: [{ $facet: { b: [] } }] } })).toBe(40600);
    expect(await code({ $documents: [{ v: 1 }] })).toBe(73);
    const merge = { into: 'nowhere', whenNotMatched: 'fail' };
    expect(await code({ $merge: merge })).toBe(13113);
    expect(await refusal(mongo.db.command({ aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }))).toMatchObject({
      code: 73,
    });
  });
});
