import { refusal, useMongo } from '../fixture.ts';

/** The codes that the tests of the server itself ask for. */
const refused: [expression: object, code: number][] = [
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
  [{ $dateAdd: { unit: 'second', amount: 120 } }, 5166402],
  [{ $dateAdd: { startDate: '$at', units: 'day', amount: 1 } }, 5166401],
  [{ $dateSubtract: { startDate: 'text', unit: 'year', amount: 10 } }, 5166403],
  [{ $dateAdd: { startDate: '$at', unit: 1, amount: 10 } }, 5166404],
  [{ $dateAdd: { startDate: '$at', unit: 'epoch', amount: 10 } }, 9],
  [{ $arrayToObject: { $literal: [['a\0b', 1]] } }, 4940400],
  [{ $arrayToObject: { $literal: [{ k: 'a\0b', v: 1 }] } }, 4940401],
  [{ $regexFind: { input: 'a', regex: '(' } }, 51111],
];

describe('the arguments of expressions', () => {
  const mongo = useMongo();
  const value = async (expression: object) => {
    const collection = await mongo.collection({ at: new Date('2020-01-30T18:59:00Z') });
    return (await collection.aggregate([{ $project: { value: expression } }]).next())!.value as unknown;
  };

  it.each(refused)('are refused by the code of the server: %j', async (expression, code) =>
    expect((await refusal(value(expression))).code).toBe(code),
  );

  it('say where a week begins to what is about weeks only', async () => {
    const startOfWeek = '$missing';
    expect(await value({ $dateTrunc: { date: '$at', unit: 'week', startOfWeek } })).toBeNull();
    expect(await value({ $dateTrunc: { date: '$at', unit: 'year', startOfWeek } })).toEqual(new Date('2020-01-01'));
    expect(await value({ $dateDiff: { startDate: '$at', endDate: '$at', unit: 'hour', startOfWeek: 1 } })).toBe(0);
    expect(await value({ $dateDiff: { startDate: '$at', endDate: '$at', unit: 'week', startOfWeek } })).toBeNull();
  });
});
