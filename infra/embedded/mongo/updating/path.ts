import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { shellText } from '../storage/shell-text.ts';

/** Given back by a change that wants the field gone, or left alone. */
export const gone = Symbol('gone');
export const unchanged = Symbol('unchanged');
export type Change = (old: unknown) => unknown;

export interface Target {
  readonly path: readonly string[];
  readonly change: Change;
  /** Whether fields on the way come into being. */
  readonly creates: boolean;
  /** Array filters by identifier. */
  readonly filters: ReadonlyMap<string, (element: unknown) => boolean>;
}

type Container = Document | unknown[];

const isContainer = (value: unknown): value is Container => Array.isArray(value) || isDocument(value);

/** Applies the change wherever the path leads; `$[]` and `$[name]` lead to many elements. */
export const changeAt = (container: Container, target: Target, depth = 0): void => {
  const name = target.path[depth]!;
  if (Array.isArray(container)) changeInArray(container, target, depth);
  else if (name.startsWith('$[')) throw notAnArray(container, target.path[depth - 1] ?? '');
  else changeField(container, name, { target, depth });
};

const notAnArray = (value: unknown, name: string): Error =>
  failure('BadValue', `Cannot apply array updates to non-array element ${name}: ${shellText(value)}`);

const changeInArray = (array: unknown[], target: Target, depth: number): void => {
  const name = target.path[depth]!;
  if (name.startsWith('$[')) {
    const filter = target.filters.get(name.slice(2, -1));
    for (let i = 0; i < array.length; i++) if (!filter || filter(array[i])) changeElement(array, i, { target, depth });
  } else if (/^\d+$/.test(name)) {
    changeElement(array, Number(name), { target, depth });
  } else if (target.creates) {
    const parent = target.path[depth - 1]!;
    throw failure('PathNotViable', `Cannot create field '${name}' in element {${parent}: ${shellText(array)}}`);
  }
};

interface Place {
  readonly target: Target;
  readonly depth: number;
}

const changeElement = (array: unknown[], at: number, { target, depth }: Place): void => {
  const value = changed(array[at], { target, depth });
  if (value === unchanged) return;
  if (value === gone) {
    if (at < array.length) array[at] = null; // a hole is null, so that the others keep their places
    return;
  }
  if (at > array.length + 1_500_000)
    throw failure('CannotCreateIndex', `can't backfill array to larger than 1500000 elements`);
  while (array.length < at) array.push(null);
  array[at] = value;
};

const changeField = (document: Document, name: string, { target, depth }: Place): void => {
  const value = changed(Object.hasOwn(document, name) ? document[name] : undefined, { target, depth });
  if (value === gone) delete document[name];
  else if (value !== unchanged) setOwn(document, name, value);
};

/** The new value of one place: by the change itself at the path's end, else by what the change does further down. */
const changed = (old: unknown, { target, depth }: Place): unknown => {
  const { path, change, creates } = target;
  if (depth === path.length - 1) return change(old);
  if (isContainer(old)) {
    changeAt(old, target, depth + 1);
    return unchanged;
  }
  if (!creates) return unchanged;
  const next = path[depth + 1]!;
  if (old !== undefined) {
    if (next.startsWith('$[')) throw notAnArray(old, path[depth]!);
    throw failure('PathNotViable', `Cannot create field '${next}' in element {${path[depth]!}: ${shellText(old)}}`);
  }
  if (next.startsWith('$[')) {
    const soFar = path.slice(0, depth + 1).join('.');
    throw failure('BadValue', `The path '${soFar}' must exist in the document in order to apply array updates.`);
  }
  const made: Document = {};
  changeAt(made, target, depth + 1);
  return Object.keys(made).length > 0 ? made : unchanged;
};
