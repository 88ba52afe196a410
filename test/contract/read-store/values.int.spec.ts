import { Binary, Decimal128, Double, Int32, Long, ObjectId, UUID } from 'mongodb';
import { useReadStore } from '../support/read-store.ts';

const store = useReadStore();

/** How a value comes back that was inserted, and one that was put in the place of another. */
const roundTrips = async (value: unknown): Promise<unknown[]> => {
  const rows = await store.collection({ _id: 'inserted', value }, { _id: 'replaced', value: 0 });
  await rows.replaceOne({ _id: 'replaced' }, { value });
  await rows.updateOne({ _id: 'set' }, { $set: { value } }, { upsert: true });
  return (await rows.find().toArray()).map((row) => row['value']);
};

describe('a stored value', () => {
  it.each<[string, unknown]>([
    ['a whole number', 42],
    ['a negative one', -7],
    ['a fraction', 0.1],
    ['the largest exact number', Number.MAX_SAFE_INTEGER],
    ['the smallest fraction', 5e-324],
    ['infinity', -Infinity],
    ['text', 'Çelik A.Ş. — 株式会社 🏭\n"\\ \u0000'],
    ['empty text', ''],
    ['digits beyond every number', '18446744073709551615'],
    ['truth', false],
    ['null', null],
    ['a list', [1, [2, []], null, 'x']],
    ['a document', { z: 1, a: { b: {} } }],
    ['a list of documents', [{ at: 1 }, { at: 2, more: [null] }]],
    ['an instant', new Date('1999-12-31T23:59:59.999Z')],
    ['an instant before 1970', new Date(-1)],
    ['a decimal', Decimal128.fromString('12345678901234567890.1234')],
    ['a whole number beyond the exact ones', Long.fromString('9223372036854775807')],
    ['an object id', new ObjectId()],
    ['a UUID', new UUID()],
    ['bytes', new Binary(Buffer.from([0, 1, 254, 255]))],
  ])('comes back the same: %s', async (_, value) => {
    const back = await roundTrips(value);
    expect(back).toEqual([value, value, value]);
  });

  it('keeps the order of its fields', async () => {
    const rows = await store.collection({ _id: 1, z: 1, b: 2, a: { y: 1, x: 2 } });
    const stored = async () => JSON.stringify(await rows.findOne({ _id: 1 }));
    expect(await stored()).toBe('{"_id":1,"z":1,"b":2,"a":{"y":1,"x":2}}');
    await rows.updateOne({ _id: 1 }, { $set: { b: 5, 'a.y': 7, c: 1 } });
    expect(await stored()).toBe('{"_id":1,"z":1,"b":5,"a":{"y":7,"x":2},"c":1}');
    await rows.replaceOne({ _id: 1 }, { b: 1, a: 2 });
    expect(await stored()).toBe('{"_id":1,"b":1,"a":2}');
  });

  it('may have fields with any letters', async () => {
    const named = { 客户: 1, 'with space': 2, 'a.b': 3, "it's": 4 };
    expect(await roundTrips({ named })).toEqual([{ named }, { named }, { named }]);
  });

  it('that is undefined is left out, and null is not', async () => {
    const rows = await store.collection({ _id: 1, absent: undefined, none: null, in: { absent: undefined } });
    expect(await rows.find({ absent: { $exists: true } }).toArray()).toEqual([]);
    expect(await rows.findOne({ _id: 1 })).toStrictEqual({ _id: 1, none: null, in: {} });
  });

  it('is kept as the kind of number that it was given as', async () => {
    const rows = await store.collection({
      _id: 1,
      int: new Int32(5),
      long: Long.fromNumber(5),
      double: new Double(5),
      decimal: Decimal128.fromString('5.00'),
    });
    for (const kind of ['int', 'long', 'double', 'decimal']) {
      expect(await rows.countDocuments({ [kind]: { $type: kind as 'int' } })).toBe(1);
    }
    const raw = await rows.findOne({ _id: 1 }, { promoteValues: false });
    expect(String(raw?.['decimal'])).toBe('5.00');
    expect(raw?.['double']).toBeInstanceOf(Double);
  });

  it('beyond the exact numbers is compared and added exactly', async () => {
    const rows = await store.collection({ _id: 1, n: Long.fromString('9007199254740993') });
    expect(await rows.countDocuments({ n: { $gt: Long.fromString('9007199254740992') } })).toBe(1);
    expect(await rows.countDocuments({ n: Long.fromString('9007199254740994') })).toBe(0);
    await rows.updateOne({ _id: 1 }, { $inc: { n: Long.fromNumber(2) } });
    expect(String((await rows.findOne({ _id: 1 }))?.['n'])).toBe('9007199254740995');
  });
});

describe('an id', () => {
  it.each<[string, string | number | object]>([
    ['text', 'deal-1'],
    ['text with every letter', 'aging@2-r1/deal-流/…'],
    ['a number', 7],
    ['a document', { deal: 'x', page: 2 }],
    ['an instant', new Date(5)],
  ])('may be %s', async (_, _id) => {
    const rows = await store.collection({ _id, n: 1 });
    expect(await rows.findOne({ _id })).toEqual({ _id, n: 1 });
    expect(await rows.countDocuments({ _id: { $in: [_id] } })).toBe(1);
  });

  it('is made where none is given, and then told', async () => {
    const rows = await store.collection();
    const { insertedId } = await rows.insertOne({ n: 1 });
    expect(insertedId).toBeInstanceOf(ObjectId);
    expect(await rows.findOne({ _id: insertedId })).toMatchObject({ n: 1 });
  });
});
