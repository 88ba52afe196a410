import { collatedKey } from '../../matching/collation-scope.ts';
import { type Document, isDocument, setOwn } from '../../bson/decode.ts';
import { fieldEntries } from '../../bson/field-order.ts';
import { failure, locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { isNumber, toNumber } from '../../numbers.ts';
import { patternOrder, type PatternFaults } from '../../querying/pattern-order.ts';
import { checkNames, isNothing, onList, onPair, onValue, type Operator, unlessNothing } from '../operator.ts';
import { asInt } from './numeric.ts';

/** The array, or null for nothing. */
const arrayOr = (value: unknown, refusal: () => Error): readonly unknown[] | null => {
  if (isNothing(value)) return null;
  if (Array.isArray(value)) return value;
  throw refusal();
};

const intOr = (value: unknown, refusal: () => Error): number => {
  const number = asInt(value);
  if (number !== undefined) return number;
  throw refusal();
};

const elementAt = onPair((value, index) => {
  if (isNothing(value) || isNothing(index)) return null;
  const array = arrayOr(value, () =>
    locationFailure(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(value)}`),
  )!;
  const place = intOr(index, () =>
    isNumber(index)
      ? locationFailure(28691, `$arrayElemAt's second argument must be representable as a 32-bit integer`)
      : locationFailure(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`),
  );
  return array.at(place);
});

const end = (place: 0 | -1): Operator =>
  onValue((value, name) => {
    const array = arrayOr(value, () =>
      locationFailure(28689, `${name}'s argument must be an array, but is ${typeName(value)}`),
    );
    return array && array.at(place);
  });

const concatenate = onList([0, Infinity], (values) => {
  const arrays = unlessNothing(values, (value) =>
    arrayOr(value, () => locationFailure(28664, `$concatArrays only supports arrays, not ${typeName(value)}`))!,
  );
  return arrays && arrays.flat(1);
});

const reverse = onValue((value) => {
  const array = arrayOr(value, () =>
    locationFailure(34435, `The argument to $reverseArray must be an array, but was of type: ${typeName(value)}`),
  );
  return array && array.toReversed();
});

const size = onValue((value) => {
  if (Array.isArray(value)) return value.length;
  throw locationFailure(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`);
});

/** `[array, count]`, from the end for a negative one, or `[array, from, count]`. */
const slice = onList([2, 3], (values) => {
  if (values.some(isNothing)) return null;
  const [value, second, third] = values;
  const array = arrayOr(value, () =>
    locationFailure(28724, `First argument to $slice must be an array, but is of type: ${typeName(value)}`),
  )!;
  const first = intOr(second, () =>
    isNumber(second)
      ? locationFailure(28726, `Second argument to $slice can't be represented as a 32-bit integer: ${String(second)}`)
      : locationFailure(
          28725,
          `Second argument to $slice must be a numeric value, but is of type: ${typeName(second)}`,
        ),
  );
  if (values.length === 2) return first < 0 ? array.slice(first) : array.slice(0, first);
  const count = intOr(third, () =>
    isNumber(third)
      ? locationFailure(28728, `Third argument to $slice can't be represented as a 32-bit integer: ${String(third)}`)
      : locationFailure(28727, `Third argument to $slice must be numeric, but is of type: ${typeName(third)}`),
  );
  if (count <= 0) throw locationFailure(28729, `Third argument to $slice must be positive: ${count}`);
  const from = first < 0 ? Math.max(array.length + first, 0) : first;
  return array.slice(from, from + count);
});

const longestRange = 4_000_000;

const rangeParts = ['starting', 'ending', 'step'];

const range = onList([2, 3], (values) => {
  const [start, stop, step = 1] = values.map((value, at) =>
    intOr(value, () =>
      isNumber(value)
        ? locationFailure(
            34444 + 2 * at,
            `$range requires a ${rangeParts[at]!} value that can be represented as a 32-bit integer, found value: ${String(value)}`,
          )
        : locationFailure(
            34443 + 2 * at,
            `$range requires a numeric ${rangeParts[at]!} value, found value of type: ${typeName(value)}`,
          ),
    ),
  ) as [number, number, number?];
  if (step === 0) throw locationFailure(34449, '$range requires a non-zero step value');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > longestRange) throw failure('ExceededMemoryLimit', `$range would make an array of ${count} elements`);
  return Array.from({ length: count }, (_, at) => start + at * step);
});

const contains = onPair((value, array) => {
  if (!Array.isArray(array))
    throw locationFailure(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  const key = collatedKey(value);
  return array.some((element) => collatedKey(element) === key);
});

const indexOf = onList([2, 4], ([array, wanted, from = 0, to = Number.MAX_SAFE_INTEGER]) => {
  if (isNothing(array)) return null;
  if (!Array.isArray(array)) {
    throw locationFailure(40090, `$indexOfArray requires an array as a first argument, found: ${typeName(array)}`);
  }
  const [start, stop] = [from, to].map((place) => (isNumber(place) ? toNumber(place) : Number.NaN)) as [number, number];
  if (!Number.isInteger(start) || !Number.isInteger(stop))
    throw locationFailure(40096, '$indexOfArray requires an integral starting and ending index');
  if (start < 0 || stop < 0)
    throw locationFailure(40097, '$indexOfArray requires a nonnegative start and ending index');
  const key = collatedKey(wanted);
  return array.findIndex((element, at) => at >= start && at < stop && collatedKey(element) === key);
});

const objectToArray = onValue((value) => {
  if (isNothing(value)) return null;
  if (!isDocument(value))
    throw locationFailure(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return fieldEntries(value).map(([k, v]) => ({ k, v }));
});

type Pair = readonly [name: string, value: unknown];

const keyOf = (key: string, code: number): string => {
  if (!key.includes('\0')) return key;
  throw locationFailure(code, 'Key field cannot contain an embedded null byte');
};

const pairOfArray = (entry: unknown): Pair => {
  if (!Array.isArray(entry))
    throw locationFailure(
      40396,
      `$arrayToObject requires a consistent input format. Array was detected, now found: ${typeName(entry)}`,
    );
  if (entry.length !== 2)
    throw locationFailure(
      40397,
      `$arrayToObject requires an array of size 2 arrays, found array of size: ${entry.length}`,
    );
  if (typeof entry[0] === 'string') return [keyOf(entry[0], 4940400), entry[1]];
  throw locationFailure(
    40395,
    `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(entry[0])}`,
  );
};

const pairOfDocument = (entry: unknown): Pair => {
  if (!isDocument(entry))
    throw locationFailure(
      40391,
      `$arrayToObject requires a consistent input format. Object was detected, now found: ${typeName(entry)}`,
    );
  if (Object.keys(entry).length !== 2)
    throw locationFailure(40392, "$arrayToObject requires an object keys of 'k' and 'v'");
  if (!('k' in entry && 'v' in entry))
    throw locationFailure(40393, "$arrayToObject requires an object with keys 'k' and 'v'");
  if (typeof entry.k === 'string') return [keyOf(entry.k, 4940401), entry.v];
  throw locationFailure(
    40394,
    `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(entry.k)}`,
  );
};

/** The first element tells how all are written. */
const pairReader = (first: unknown): ((entry: unknown) => Pair) => {
  if (Array.isArray(first)) return pairOfArray;
  if (isDocument(first)) return pairOfDocument;
  throw locationFailure(40398, `Unrecognised input type format for $arrayToObject: ${typeName(first)}`);
};

/** Pairs, or documents of `k` and `v`; of two of one name the last counts. */
const toObject = onValue((value) => {
  const array = arrayOr(value, () =>
    locationFailure(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`),
  );
  if (!array) return null;
  const object: Document = {};
  if (array.length === 0) return object;
  for (const [name, inner] of array.map(pairReader(array[0]))) setOwn(object, name, inner ?? null);
  return object;
});

const sortNames = {
  required: ['input', 'sortBy'],
  faults: { notAnObject: 2942500, unknown: 2942501, missing: { input: 2942502, sortBy: 2942503 } },
};

const sortFaults: PatternFaults = {
  fields: (message) => locationFailure(2942505, message),
  direction: (message) => locationFailure(2942506, message),
  type: (message) => locationFailure(2942507, message),
};

/** The order is said once and for all; it is no expression. */
const sortArray: Operator = (operand, compile, name) => {
  const { input, sortBy } = checkNames(operand, sortNames, name);
  const order = patternOrder(sortBy, sortFaults);
  const read = compile(input);
  return (frame) => {
    const value = read(frame);
    const array = arrayOr(value, () =>
      locationFailure(
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(value)}`,
      ),
    );
    return array && array.toSorted(order);
  };
};

export const arrayOperators: Readonly<Record<string, Operator>> = {
  $arrayElemAt: elementAt,
  $first: end(0),
  $last: end(-1),
  $concatArrays: concatenate,
  $reverseArray: reverse,
  $size: size,
  $slice: slice,
  $range: range,
  $in: contains,
  $indexOfArray: indexOf,
  $isArray: onValue(Array.isArray),
  $objectToArray: objectToArray,
  $arrayToObject: toObject,
  $sortArray: sortArray,
};
