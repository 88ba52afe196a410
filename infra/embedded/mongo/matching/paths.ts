import { type Fields, isDocument } from '../bson/decode.ts';

/** A leaf is undefined when the path leads to nothing. */
export interface LeafTest {
  (leaf: unknown): boolean;
  /** The same of the leaf itself, where the test also looks at the elements of an array. */
  readonly whole?: (leaf: unknown) => boolean;
}

const index = /^(0|[1-9]\d*)$/;

const someBelow = (value: unknown, path: readonly string[], test: LeafTest): boolean => {
  if (path.length === 0) return test(value);
  if (Array.isArray(value)) return someInArray(value, path, test);
  if (!isDocument(value)) return test(undefined);
  const [name, ...rest] = path;
  return someBelow(Object.hasOwn(value, name!) ? value[name!] : undefined, rest, test);
};

/** A path goes through every document of an array, and through the element that a number names. */
const someInArray = (values: unknown[], path: readonly string[], test: LeafTest): boolean => {
  if (values.some((element) => isDocument(element) && someBelow(element, path, test))) return true;
  const [name, ...rest] = path;
  if (!index.test(name!) || Number(name) >= values.length) return false;
  const element = values[Number(name)];
  return rest.length === 0 || typeof element === 'object' ? someBelow(element, rest, test) : false;
};

/** Whether any value that the dotted path leads to passes the test. */
export const somePathValue = (path: string): ((fields: Fields, test: LeafTest) => boolean) => {
  const [first, ...rest] = path.split('.');
  if (rest.length === 0) return (fields, test) => test(fields.get(first!));
  return (fields, test) => someBelow(fields.get(first!), rest, test);
};

/** Most operators look at an array's elements, then at the array itself. */
export const elementOrWhole = (test: LeafTest): LeafTest =>
  Object.assign((leaf: unknown) => (Array.isArray(leaf) ? leaf.some(test) || test(leaf) : test(leaf)), { whole: test });
