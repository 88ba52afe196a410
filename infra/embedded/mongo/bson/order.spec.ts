import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, BSONRegExp } from 'bson';
import fc from 'fast-check';
import { compareValues, descendingKey, orderKey } from './order.ts';

const sign = (order: number): number => Math.sign(order);

/** One value after the other, each less than the next. */
const ascending: unknown[] = [
  new MinKey(),
  null,
  new Double(Number.NaN),
  new Double(Number.NEGATIVE_INFINITY),
  Decimal128.fromString('-1E400'),
  Long.MIN_VALUE,
  new Int32(-5),
  new Double(-0.5),
  new Int32(0),
  new Double(Number.MIN_VALUE),
  Decimal128.fromString('0.1'),
  new Double(0.1),
  new Int32(7),
  Long.fromString('9007199254740992'),
  Long.fromString('9007199254740993'),
  Long.MAX_VALUE,
  Decimal128.fromString('9223372036854775807.5'),
  new Double(1e300),
  Decimal128.fromString('1E400'),
  new Double(Number.POSITIVE_INFINITY),
  '',
  '\0',
  '\u0001',
  'A',
  'a',
  'a\0',
  'a\0b',
  'aa',
  'b',
  '中',
  '\uffee',
  '😀',
  {},
  { a: new Int32(1) },
  { a: new Int32(1), b: null },
  { b: new Int32(1) },
  { a: 'text comes after numbers, whatever the name' },
  [],
  [new Int32(1)],
  [new Int32(1), new Int32(1)],
  [new Int32(2)],
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 2])),
  new Binary(Buffer.from([1, 3])),
  new Binary(Buffer.from([1, 2]), 5),
  new ObjectId('000000000000000000000001'),
  new ObjectId('ff0000000000000000000000'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Date(1),
  new Timestamp({ t: 1, i: 2 }),
  new Timestamp({ t: 2, i: 1 }),
  new BSONRegExp('a', ''),
  new BSONRegExp('a', 'i'),
  new BSONRegExp('b', ''),
  new MaxKey(),
];

describe('the order of values', () => {
  it('is total over all types', () => {
    const wrong = ascending.flatMap((left, i) =>
      ascending.flatMap((right, j) => (sign(compareValues(left, right)) === Math.sign(i - j) ? [] : [[left, right]])),
    );
    expect(wrong).toEqual([]);
  });

  it('is the reverse in descending keys', () => {
    const keys = ascending.map((value) => descendingKey(orderKey(value)));
    expect(keys.toSorted()).toEqual(keys.toReversed());
  });

  it('holds numbers equal whatever their type', () => {
    const fives = [new Int32(5), new Double(5), Long.fromNumber(5), Decimal128.fromString('5.000'), 5];
    expect(new Set(fives.map(orderKey)).size).toBe(1);
    expect(orderKey(new Double(-0))).toBe(orderKey(new Int32(0)));
    expect(orderKey(Decimal128.fromString('0.5'))).toBe(orderKey(new Double(0.5)));
  });

  it('is that of the doubles', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (left, right) => {
        const expected = left < right ? -1 : left > right ? 1 : 0;
        expect(sign(compareValues(left, right))).toBe(expected);
        const [key, other] = [orderKey(left), orderKey(right)];
        expect(key < other ? -1 : key > other ? 1 : 0).toBe(expected);
      }),
    );
  });

  it('is that of the 64-bit integers', () => {
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const pair = fc.tuple(long, fc.bigInt({ min: -3n, max: 3n }));
    fc.assert(
      fc.property(pair, ([value, step]) => {
        const other = BigInt.asIntN(64, value + step);
        const expected = value < other ? -1 : value > other ? 1 : 0;
        expect(sign(compareValues(Long.fromBigInt(value), Long.fromBigInt(other)))).toBe(expected);
      }),
    );
  });

  it('is that of the UTF-8 bytes of text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(sign(compareValues(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
    );
  });

  it('has no key that begins with another', () => {
    const text = fc.string({ unit: fc.constantFrom('\0', '\u0001', 'a', '😀'), maxLength: 4 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        fc.pre(left !== right);
        expect(orderKey(left).startsWith(orderKey(right))).toBe(false);
      }),
    );
  });
});
