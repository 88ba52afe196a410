import { Decimal128, Double, Int32, Long } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

const int = (value: number) => new Int32(value);
const long = (value: string | number) => Long.fromString(String(value));
const double = (value: number) => new Double(value);
const decimal = (value: string) => Decimal128.fromString(value);

const document = {
  _id: 1,
  i: int(7),
  l: long(7),
  d: double(7),
  m: decimal('7.50'),
  big: long('9007199254740993'),
  most: Long.MAX_VALUE,
  maximum: int(2147483647),
  list: [int(1), long(2), double(3)],
  at: new Date(1_000),
};

const computed: [expression: unknown, value: unknown][] = [
  ['$d', double(7)],
  [{ $cond: [true, '$l', '$i'] }, long(7)],
  [{ $literal: double(1) }, double(1)],
  [{ $add: ['$i', 1] }, int(8)],
  [{ $add: ['$i', '$l'] }, long(14)],
  [{ $add: ['$i', '$d'] }, double(14)],
  [{ $add: ['$l', '$m'] }, decimal('14.50')],
  [{ $add: ['$maximum', 1] }, long(2147483648)],
  [{ $add: ['$maximum', 1, -5] }, int(2147483643)],
  [{ $add: ['$big', 1] }, long('9007199254740994')],
  [{ $add: ['$most', 1] }, double(2 ** 63)],
  [{ $add: [] }, int(0)],
  [{ $add: ['$at', '$l'] }, new Date(1_007)],
  [{ $add: [double(0.5), '$at', double(0.5)] }, new Date(1_002)],
  [{ $subtract: ['$at', double(1.5)] }, new Date(998)],
  [{ $subtract: ['$at', new Date(1)] }, long(999)],
  [{ $subtract: ['$i', '$i'] }, int(0)],
  [{ $subtract: ['$d', '$i'] }, double(0)],
  [{ $multiply: ['$maximum', 2] }, long('4294967294')],
  [{ $multiply: ['$m', '$i'] }, decimal('52.50')],
  [{ $multiply: ['$most', 2] }, double(2 ** 64)],
  [{ $divide: [6, 3] }, double(2)],
  [{ $divide: ['$m', 3] }, decimal('2.50')],
  [{ $divide: [decimal('1'), 3] }, decimal('0.3333333333333333333333333333333333')],
  [{ $divide: [1, decimal('1E-400')] }, decimal('1E+400')],
  [{ $cond: [decimal('1E-400'), 1, 2] }, int(1)],
  [{ $cond: [decimal('0E+3'), 1, 2] }, int(2)],
  [{ $mod: ['$i', 4] }, int(3)],
  [{ $mod: ['$l', 4] }, long(3)],
  [{ $mod: ['$i', double(4)] }, double(3)],
  [{ $mod: [decimal('-7.5'), 2] }, decimal('-1.5')],
  [{ $abs: long(-7) }, long(7)],
  [{ $abs: int(-2147483648) }, long(2147483648)],
  [{ $abs: decimal('-1.20') }, decimal('1.20')],
  [{ $floor: double(2.5) }, double(2)],
  [{ $ceil: decimal('2.1') }, decimal('3')],
  [{ $floor: '$l' }, long(7)],
  [{ $round: [double(2.5)] }, double(2)],
  [{ $round: [int(1251), -2] }, int(1300)],
  [{ $round: [decimal('2.345'), 2] }, decimal('2.34')],
  [{ $trunc: ['$big', -3] }, long('9007199254740000')],
  [{ $pow: [2, 3] }, int(8)],
  [{ $pow: [2, 40] }, long(2 ** 40)],
  [{ $pow: [2, -1] }, double(0.5)],
  [{ $sqrt: 49 }, double(7)],
  [{ $bitAnd: ['$i', '$l'] }, long(7)],
  [{ $bitNot: 6 }, int(-7)],
  [{ $cmp: ['$i', '$l'] }, int(0)],
  [{ $size: '$list' }, int(3)],
  [{ $sum: '$list' }, double(6)],
  [{ $sum: ['$i', '$l'] }, long(14)],
  [{ $sum: ['$m', double(0.1)] }, decimal('7.600000000000000005551115123125783')],
  [{ $avg: ['$i', '$i'] }, double(7)],
  [{ $avg: ['$m', '$m'] }, decimal('7.50')],
  [{ $max: ['$i', '$list'] }, [int(1), long(2), double(3)]],
  [{ $max: '$list' }, double(3)],
  [{ $min: ['$l', '$m'] }, long(7)],
  [{ $arrayElemAt: ['$list', long(1)] }, long(2)],
  [{ $slice: ['$list', double(1), 1] }, [long(2)]],
  [{ $map: { input: '$list', in: { $multiply: ['$$this', 2] } } }, [int(2), long(4), double(6)]],
  [{ $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, double(6)],
  [{ $filter: { input: [double(0), long(0), '$l'], cond: '$$this' } }, [long(7)]],
  [{ $setUnion: [[int(1), double(2)], [long(1)]] }, [int(1), double(2)]],
  [{ $in: [decimal('7'), ['$l']] }, true],
  [{ $toInt: '$d' }, int(7)],
  [{ $sqrt: decimal('2') }, decimal('1.414213562373095048801688724209698')],
  [{ $sqrt: decimal('4') }, decimal('2')],
  [{ $exp: decimal('1') }, decimal('2.718281828459045235360287471352662')],
  [{ $exp: decimal('-Infinity') }, decimal('0')],
  [{ $ln: decimal('10') }, decimal('2.302585092994045684017991454684364')],
  [{ $log10: decimal('1000') }, decimal('3')],
  [{ $log: [8, decimal('2')] }, decimal('3')],
  [{ $pow: [decimal('1.5'), '$l'] }, decimal('17.0859375')],
  [{ $pow: [2, decimal('0.5')] }, decimal('1.414213562373095048801688724209698')],
  [{ $pow: [decimal('-8'), decimal('0.5')] }, decimal('NaN')],
  [{ $sin: decimal('1') }, decimal('0.8414709848078965066525023216302990')],
  [{ $atan2: [decimal('1'), 1] }, decimal('0.7853981633974483096156608458198757')],
  [{ $atanh: decimal('1') }, decimal('Infinity')],
  [{ $sinh: decimal('-1000') }, decimal('-9.850355570085234969444396761216616E+433')],
  [{ $sinh: decimal('1E+6') }, decimal('Infinity')],
  [{ $cosh: decimal('-1E+6') }, decimal('Infinity')],
  [{ $tanh: decimal('-1E+6') }, decimal('-1')],
  [{ $asinh: decimal('-1E+6000') }, decimal('-13816.20370514483404941736596022764')],
  [{ $asinh: decimal('1E-6000') }, decimal('1E-6000')],
  [{ $acosh: decimal('9E+6144') }, decimal('14149.97318311331284729874722017604')],
  [{ $atan: decimal('-1E+6000') }, decimal('-1.570796326794896619231321691639751')],
  [{ $atan2: [decimal('1E+3000'), decimal('-1E-3000')] }, decimal('1.570796326794896619231321691639751')],
  [{ $atan2: [decimal('-1E-3000'), decimal('-1E+3000')] }, decimal('-3.141592653589793238462643383279503')],
  [{ $atan2: [decimal('0'), decimal('-1')] }, decimal('3.141592653589793238462643383279503')],
  [{ $degreesToRadians: decimal('180') }, decimal('3.141592653589793238462643383279503')],
  [{ $toInt: decimal('-3.99') }, int(-3)],
  [{ $toLong: '12' }, long(12)],
  [{ $toLong: '$at' }, long(1_000)],
  [{ $toDouble: '$i' }, double(7)],
  [{ $toDouble: '1e2' }, double(100)],
  [{ $toDecimal: double(2.5) }, decimal('2.50000000000000')],
  [{ $toDecimal: '1.10' }, decimal('1.10')],
  [{ $toString: '$big' }, '9007199254740993'],
  [{ $toString: double(7) }, '7'],
  [{ $toString: double(-0) }, '-0'],
  [{ $toString: 0.1 + 0.2 }, '0.30000000000000004'],
  [{ $toString: 1.5e16 }, '1.5e+16'],
  [{ $toString: -0.00002 }, '-2e-05'],
  [{ $toString: Infinity }, 'Infinity'],
  [{ $convert: { input: true, to: 'long' } }, long(1)],
  [{ $convert: { input: 'x', to: 'int', onError: double(1) } }, double(1)],
  [{ $convert: { input: null, to: 16, onNull: long(0) } }, long(0)],
  [{ $type: '$d' }, 'double'],
  [{ $type: { $add: ['$i', '$l'] } }, 'long'],
  [{ $range: [0, long(2)] }, [int(0), int(1)]],
  [{ $dateDiff: { startDate: new Date(0), endDate: '$at', unit: 'second' } }, long(1)],
  [{ $year: '$at' }, int(1970)],
]; // prettier-ignore

const refused: [expression: object, code: number][] = [
  [{ $toInt: 2 ** 31 }, 241],
  [{ $toInt: '$big' }, 241],
  [{ $toInt: '1.5' }, 241],
  [{ $toLong: double(Number.NaN) }, 241],
  [{ $toDate: '$i' }, 241],
  [{ $abs: Long.MIN_VALUE }, 28680],
  [{ $mod: ['$i', decimal('0')] }, 5733415],
  [{ $mod: ['$i', 0] }, 16610],
  [{ $divide: ['$i', double(0)] }, 2],
  [{ $bitOr: ['$i', '$d'] }, 14],
  [{ $sqrt: decimal('-1') }, 28714],
  [{ $ln: decimal('0') }, 28766],
  [{ $tan: decimal('Infinity') }, 50989],
  [{ $asin: decimal('2') }, 50989],
  [{ $sin: decimal('1E+2000') }, 238],
];

describe('numbers keep their types', () => {
  const mongo = useMongo({ promoteValues: false });
  const value = async (expression: unknown): Promise<unknown> => {
    const collection = await mongo.collection(document);
    return (await collection.aggregate([{ $replaceWith: { value: expression } }]).toArray())[0]!.value;
  };

  it.each(computed)('in %j', async (expression, expected) => expect(await value(expression)).toEqual(expected));

  it.each(refused)('or are refused in %j', async (expression, code) =>
    expect(Number((await refusal(value(expression))).code)).toBe(code),
  );

  it('when groups gather them', async () => {
    const collection = await mongo.collection(
      { _id: 1, k: double(1), i: int(2147483647), l: long('9007199254740993'), m: decimal('1.10'), d: double(1) },
      { _id: 2, k: long(1), i: int(1), l: long(1), m: int(1), d: double(1) },
    );
    const fields = {
      i: { $sum: '$i' },
      l: { $sum: '$l' },
      m: { $sum: '$m' },
      d: { $sum: '$d' },
      none: { $sum: '$nothing' },
      count: { $count: {} },
      average: { $avg: '$i' },
      most: { $max: '$l' },
      all: { $push: '$d' },
      set: { $addToSet: '$k' },
      median: { $median: { input: '$i', method: 'approximate' } },
      lasts: { $lastN: { input: '$m', n: long(1) } },
    };
    expect(await collection.aggregate([{ $group: { _id: '$k', ...fields } }]).toArray()).toEqual([
      {
        _id: double(1),
        i: long(2147483648),
        l: long('9007199254740994'),
        m: decimal('2.10'),
        d: double(2),
        none: int(0),
        count: int(2),
        average: double(1073741824),
        most: long('9007199254740993'),
        all: [double(1), double(1)],
        set: [double(1)],
        median: double(1),
        lasts: [int(1)],
      },
    ]);
  });

  it('through stages that look at them', async () => {
    const collection = await mongo.collection(document);
    const run = (...pipeline: object[]) => collection.aggregate(pipeline).toArray();
    const count = { $group: { _id: null, n: { $sum: 1 } } };
    expect(await run(count, { $addFields: { type: { $type: '$n' } } })).toMatchObject([{ n: int(1), type: 'int' }]);
    expect(await run({ $count: 'n' })).toEqual([{ n: int(1) }]);
    expect(
      await run({ $unwind: { path: '$list', includeArrayIndex: 'at' } }, { $project: { list: 1, at: 1 } }),
    ).toEqual([
      { _id: int(1), list: int(1), at: long(0) },
      { _id: int(1), list: long(2), at: long(1) },
      { _id: int(1), list: double(3), at: long(2) },
    ]);
    expect(await run({ $bucket: { groupBy: '$l', boundaries: [double(0), 100] } })).toEqual([
      { _id: double(0), count: int(1) },
    ]);
    const window = {
      sortBy: { l: 1 },
      output: { sum: { $sum: '$d', window: { documents: ['unbounded', 'current'] } } },
    };
    expect(await run({ $setWindowFields: window })).toMatchObject([{ ...document, _id: int(1), sum: double(7) }]);
  });

  it('in updates', async () => {
    const collection = await mongo.collection(document);
    await collection.updateOne({}, { $inc: { m: 1, maximum: 1 }, $mul: { d: 2, l: double(1), none: decimal('1') } });
    await collection.updateOne({}, [{ $set: { i: { $add: ['$i', '$l'] }, kept: '$d' } }]);
    expect(await collection.findOne()).toMatchObject({
      m: decimal('8.50'),
      maximum: long(2147483648),
      d: double(14),
      l: double(7),
      none: decimal('0'),
      i: double(14),
      kept: double(14),
      big: document.big,
    });
    expect(Number((await refusal(collection.updateOne({}, { $inc: { most: 1 } }))).code)).toBe(2);
  });
});
