import { type Document, isDocument } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { shellText } from '../storage/shell-text.ts';
import { checkKnown } from './operator.ts';
import type { StageCompiler } from './pipeline.ts';

/** Stages that care only for how many documents there are. */

const wholeNumber = (specification: unknown, name: '$limit' | '$skip'): number => {
  const value = isNumber(specification) ? toNumber(specification) : Number.NaN;
  const isLong = Number.isInteger(value) && value <= 2 ** 63;
  if (isLong && value >= 0) return value;
  const expected = value < 0 ? 'a non-negative number' : Number.isNaN(value) ? 'a number' : 'an integer';
  throw locationFailure(
    name === '$limit' ? 5107201 : 5107200,
    `invalid argument to ${name} stage: Expected ${expected} in: ${name}: ${shellText(specification)}`,
  );
};

export const limit: StageCompiler = (specification) => {
  const count = wholeNumber(specification, '$limit');
  if (count === 0) throw locationFailure(15958, 'the limit must be positive');
  return function* (documents) {
    let left = count;
    for (const document of documents) {
      yield document;
      if (--left === 0) return;
    }
  };
};

export const skip: StageCompiler = (specification) => {
  const count = wholeNumber(specification, '$skip');
  return function* (documents) {
    let left = count;
    for (const document of documents) if (left-- <= 0) yield document;
  };
};

/** What no field that is counted in may be called, and by which number the server says so. */
const wrongNames: readonly (readonly [wrong: RegExp, code: number, what: string])[] = [
  [/^$/, 40157, 'a non-empty string'],
  [/^\$/, 40158, 'a non-$-prefixed string'],
  [/\0/, 40159, 'a string without a null byte'],
  [/\./, 40160, "a string without '.'"],
  [/^_id$/, 9039800, 'another than _id'],
];

export const count: StageCompiler = (specification) => {
  if (typeof specification !== 'string') throw locationFailure(40156, 'the count field must be a non-empty string');
  const [, code, what] = wrongNames.find(([wrong]) => wrong.test(specification)) ?? [];
  if (code !== undefined) throw locationFailure(code, `the count field must be ${what!}`);
  return (documents) => {
    let n = 0;
    for (const _ of documents) n++;
    return n > 0 ? [{ [specification]: n }] : [];
  };
};

export const sample: StageCompiler = (specification) => {
  if (!isDocument(specification)) throw locationFailure(28745, 'the $sample stage specification must be an object');
  const { size } = specification;
  checkKnown(specification, ['size'], (name) => locationFailure(28748, `unrecognized option to $sample: ${name}`));
  if (size === undefined) throw locationFailure(28749, '$sample stage must specify a size');
  const wanted = isNumber(size) ? toNumber(size) : Number.NaN;
  if (Number.isNaN(wanted)) throw locationFailure(28746, 'size argument to $sample must be a number');
  if (wanted <= 0) throw locationFailure(28747, 'size argument to $sample must be a positive integer');
  return (all) => {
    const left = [...all];
    const taken: Document[] = [];
    while (taken.length < wanted && left.length > 0) {
      const at = Math.floor(Math.random() * left.length);
      taken.push(left[at]!);
      left[at] = left.at(-1)!;
      left.pop();
    }
    return taken;
  };
};
