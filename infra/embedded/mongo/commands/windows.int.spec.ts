import { Decimal128, Double } from 'mongodb';
import { refusal, useMongo } from '../fixture.ts';

const at = (minutes: number) => new Date(Date.UTC(2024, 2, 1, 8) + minutes * 60_000);

describe('windows', () => {
  const mongo = useMongo({ promoteValues: false });

  const run = async (documents: object[], specification: object): Promise<unknown[]> => {
    const collection = await mongo.collection(...documents);
    return (await collection.aggregate([{ $setWindowFields: specification }]).toArray()).map(({ x }) => x as unknown);
  };

  const trips = [
    { truck: 'red', t: at(0), km: 100 },
    { truck: 'red', t: at(30), km: 130 },
    { truck: 'red', t: at(90), km: 220 },
    { truck: 'blue', t: at(0), km: 7 },
    { truck: 'blue', t: at(120), km: 7 },
  ];
  const perTruck = { partitionBy: '$truck', sortBy: { t: 1 } };

  it('tell how fast a value changes between their ends', async () => {
    const speed = { $derivative: { input: '$km', unit: 'hour' }, window: { documents: [-1, 0] } };
    expect(await run(trips, { ...perTruck, output: { x: speed } })).toEqual(
      [null, 0, null, 60, 90].map((value) => (value === null ? null : new Double(value))),
    );
    const plain = { $derivative: { input: '$y' }, window: { documents: ['unbounded', 'current'] } };
    const points = [
      { t: 0, y: Decimal128.fromString('1') },
      { t: 2, y: 4 },
    ];
    expect(await run(points, { sortBy: { t: 1 }, output: { x: plain } })).toEqual([null, Decimal128.fromString('1.5')]);
  });

  it('tell the area below a value', async () => {
    const area = {
      $integral: { input: '$kw', unit: 'hour' },
      window: { range: ['unbounded', 'current'], unit: 'hour' },
    };
    const meter = [
      { t: at(0), kw: 2 },
      { t: at(30), kw: 4 },
      { t: at(90), kw: 1 },
    ];
    expect(await run(meter, { sortBy: { t: 1 }, output: { x: area } })).toEqual(
      [0, 1.5, 4].map((value) => new Double(value)),
    );
  });

  it('tell how two values vary together', async () => {
    const pairs = [
      { t: 1, a: 1, b: 2 },
      { t: 2, a: 2, b: 'none' },
      { t: 3, a: 3, b: 8 },
      { t: 4, a: 5, b: 8 },
    ];
    const over = async (name: string) =>
      (
        await run(pairs, {
          sortBy: { t: 1 },
          output: { x: { [name]: ['$a', '$b'], window: { documents: ['unbounded', 'current'] } } },
        })
      ).map((value) => (value === null ? null : Number(value)));
    expect(await over('$covariancePop')).toEqual([0, 0, 3, 4]);
    expect(await over('$covarianceSamp')).toEqual([null, null, 6, 6]);
  });

  it('reach back by the calendar, and no further than dates go', async () => {
    const ends = ['2024-01-31', '2024-02-29', '2024-03-30', '2024-03-31'].map((t) => ({ t: new Date(t) }));
    const within = (range: unknown[], sortBy: object = { t: 1 }) =>
      run(ends, { sortBy, output: { x: { $count: {}, window: { range, unit: 'month' } } } });
    // A month before the 30th and 31st of March is the 29th of February.
    expect((await within([-1, 0])).map(Number)).toEqual([1, 2, 2, 3]);
    expect(Number((await refusal(within([-1.5, 0]))).code)).toBe(9);
    expect(Number((await refusal(within([-1e15, 0]))).code)).toBe(15);
    expect(Number((await refusal(within([-1, 0], { t: -1 }))).code)).toBe(8947401);
    const both = { a: { $count: {} }, 'a.b': { $count: {} } };
    expect(Number((await refusal(run(ends, { output: both }))).code)).toBe(6307900);
    const parted = run([{ k: [1] }], { partitionBy: '$k', output: { x: { $sum: 1 } } });
    expect(Number((await refusal(parted)).code)).toBe(14);
  });

  it('refuse a slope of what has none', async () => {
    const code = async (x: object, sortBy: object = { t: 1 }) =>
      Number((await refusal(run(trips, { sortBy, output: { x } }))).code);
    const window = { documents: [-1, 0] };
    expect(await code({ $derivative: { input: '$km', unit: 'hour' } })).toBe(9);
    expect(await code({ $derivative: { input: '$km', unit: 'month' }, window })).toBe(5490710);
    expect(await code({ $derivative: { input: '$km' }, window })).toBe(5624902);
    expect(await code({ $derivative: { input: '$km', unit: 'hour' }, window }, { km: 1 })).toBe(5624900);
    expect(await code({ $derivative: { input: '$none', unit: 'hour' }, window })).toBe(5624903);
    expect(await code({ $integral: { input: '$km', unit: 'hour' }, window }, { t: 1, km: 1 })).toBe(9);
    expect(await code({ $integral: { input: '$truck', unit: 'hour' }, window })).toBe(5423900);
    expect(await code({ $integral: { input: '$km' }, window })).toBe(5423902);
  });
});

describe('what is said of windows', () => {
  const mongo = useMongo();
  const run = async ($setWindowFields: unknown, options = {}) => {
    const collection = await mongo.collection({ _id: 1, a: 1 }, { _id: 2, a: 2 });
    return collection.aggregate([{ $setWindowFields } as never], options).toArray();
  };
  const refused = async (specification: unknown) => refusal(run(specification));
  const over = (call: object, sortBy: object | undefined = { _id: 1 }) => ({
    ...(sortBy && { sortBy }),
    output: { v: call },
  });

  it('may be computed, where it is a number', async () => {
    const two = { $add: [1, 1] };
    const documents = await run(over({ $sum: '$a', window: { documents: [{ $subtract: [1, two] }, 0] } }));
    expect(documents.map(({ v }) => v)).toEqual([1, 3]);
    const range = { range: [{ $subtract: [0, two] }, 0] };
    expect((await run(over({ $sum: '$a', window: range }))).map(({ v }) => v)).toEqual([1, 3]);
    const word = { documents: [{ $const: 'current' }, 3] };
    expect(await refused(over({ $sum: '$a', window: word }))).toMatchObject({ code: 9 });
    expect(await refused(over({ $sum: '$a', window: { documents: ['$a', 3] } }))).toMatchObject({ code: 9 });
  });

  it('is refused in the words of the server', async () => {
    const said = async (specification: unknown, code: number, message: RegExp) =>
      expect(await refused(specification)).toMatchObject({ code, message: expect.stringMatching(message) });
    await said('text', 9, /must be an object/);
    await said({ sortBy: 'text', output: {} }, 14, /wrong type/);
    await said({ output: 'text' }, 14, /wrong type/);
    await said({}, 40414, /missing/);
    await said({ what: 1 }, 40415, /unknown field/);
    await said(over({ sum: '$a' }), 9, /Expected a \$-prefixed window function, sum/);
    await said(over({}), 9, /Expected a \$-prefixed window function/);
    await said(over({ $summ: '$a', window: {} }), 9, /Unrecognized window function, \$summ/);
    await said(over({ $accumulator: '$a' }), 9, /Unrecognized window function, \$accumulator/);
    await said(over({ $mergeObjects: '$a' }), 9, /Unrecognized window function, \$mergeObjects/);
    await said(over({ $sum: '$a', more: 1 }), 9, /\$sum found an unknown argument: more/);
    await said({ output: { v: { $sum: 1, window: { documents: ['unbounded', 'current'] } } } }, 5339901, /sortBy/);
    await said({ output: { v: { $sum: 1, window: { range: ['unbounded', 'current'] } } } }, 5339902, /sortBy/);
    await said({ output: { a: { $sum: 1 }, 'a.b': { $sum: 1 } } }, 6307900, /conflicting paths/);
    await said(over({ $shift: { output: '$a', by: 1, default: '$a' } }), 9, /constant/);
  });
});
