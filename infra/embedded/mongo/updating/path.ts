import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { shellText } from '../storage/shell-text.ts';

/** Given back by a change that wants the field gone, or left alone. */
export const gone = Symbol('gone');
export const unchanged = Symbol('unchanged');
/** Sees the whole document, too, to say of which one something is wrong. */
export type Change = (old: unknown, root: Document) => unknown;

export interface Target {
  readonly path: readonly string[];
  readonly change: Change;
  readonly root: Document;
  /** What happens where the way is not there: it comes into being, nothing, or nothing unless it never could. */
  readonly blocked: 'create' | 'ignore' | 'refuse';
}

type Container = Document | unknown[];

const isContainer = (value: unknown): value is Container => Array.isArray(value) || isDocument(value);

/** Applies the change where the path leads. */
export const changeAt = (container: Container, target: Target, depth = 0): void => {
  const name = target.path[depth]!;
  if (!Array.isArray(container)) changeField(container, name, { target, depth });
  else if (/^\d+$/.test(name)) changeElement(container, Number(name), { target, depth });
  else if (target.blocked !== 'ignore') throw notViable(container, target.path, depth);
};

const notViable = (value: unknown, path: readonly string[], depth: number): Error =>
  failure(
    'PathNotViable',
    `Cannot create field '${path[depth]!}' in element {${path[depth - 1]!}: ${shellText(value)}}`,
  );

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
  const { path, change, blocked, root } = target;
  if (depth === path.length - 1) return change(old, root);
  if (isContainer(old)) {
    changeAt(old, target, depth + 1);
    return unchanged;
  }
  if (old !== undefined && blocked !== 'ignore') throw notViable(old, path, depth + 1);
  if (blocked !== 'create') return unchanged;
  const made: Document = {};
  changeAt(made, target, depth + 1);
  return Object.keys(made).length > 0 ? made : unchanged;
};
