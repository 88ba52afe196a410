import type { Document } from '../../bson/decode.ts';
import { locationFailure } from '../../errors.ts';
import { typeName } from '../../matching/types.ts';
import { checkNames, type Operator, unlessNothing } from '../operator.ts';

interface Zipping {
  readonly inputs: readonly unknown[];
  readonly useLongestLength: boolean;
  /** What stands in for the elements that the shorter arrays lack. */
  readonly defaults: readonly unknown[];
}

const zipNames = {
  required: ['inputs'],
  optional: ['useLongestLength', 'defaults'],
  faults: { notAnObject: 34460, unknown: 34464, missing: { inputs: 34465 } },
};

/** Both lists are written out: neither can be the value of an expression. */
const readZipping = ({ inputs, useLongestLength = false, defaults = [] }: Document): Zipping => {
  if (!Array.isArray(inputs))
    throw locationFailure(34461, `inputs must be an array of expressions, found ${typeName(inputs)}`);
  if (!Array.isArray(defaults))
    throw locationFailure(34462, `defaults must be an array of expressions, found ${typeName(defaults)}`);
  if (typeof useLongestLength !== 'boolean')
    throw locationFailure(34463, `useLongestLength must be a bool, found ${typeName(useLongestLength)}`);
  if (inputs.length === 0) throw locationFailure(34465, '$zip requires at least one input array');
  checkDefaults(defaults.length, useLongestLength, inputs.length);
  return { inputs, useLongestLength, defaults };
};

const checkDefaults = (count: number, areUsed: boolean, wanted: number): void => {
  if (count === 0) return;
  if (!areUsed) throw locationFailure(34466, 'cannot specify defaults unless useLongestLength is true.');
  if (count !== wanted) throw locationFailure(34467, 'defaults and inputs must have the same length');
};

const columnOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw locationFailure(34468, `$zip found a non-array expression in input: ${typeName(value)}`);
};

export const zip: Operator = (operand, compile, name) => {
  const zipping = readZipping(checkNames(operand, zipNames, name));
  const [inputs, defaults] = [zipping.inputs, zipping.defaults].map((list) => list.map((part) => compile(part)));
  return (frame) => {
    const columns = unlessNothing(
      inputs!.map((compute) => compute(frame)),
      columnOf,
    );
    if (!columns) return null;
    const missing = defaults!.map((compute) => compute(frame) ?? null);
    const lengths = columns.map(({ length }) => length);
    const length = zipping.useLongestLength ? Math.max(...lengths) : Math.min(...lengths);
    return Array.from({ length }, (_, at) =>
      columns.map((column, place) => (at < column.length ? column[at] : (missing[place] ?? null))),
    );
  };
};
