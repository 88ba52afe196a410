import { type Document, getOwn, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { failure } from '../errors.ts';
import { shellText } from '../storage/shell-text.ts';
import { checkPath, checkRename } from './check-path.ts';
import { changeAt, gone } from './path.ts';
import type { Step } from './update.ts';

interface Way {
  readonly document: Document;
  readonly path: readonly string[];
}

const inArray = ({ document, path }: Way, end: 'source' | 'destination', depth: number): Error =>
  failure(
    'BadValue',
    `The ${end} field cannot be an array element, '${path.join('.')}' in doc with _id: ${shellText(document._id)} has an array field called '${path[depth - 1]}'`,
  );

const notViable = (path: readonly string[], depth: number, value: unknown): Error => {
  const name = path[depth - 1]!;
  return failure(
    'PathNotViable',
    `cannot use the part (${name} of ${path.join('.')}) to traverse the element ({${name}: ${shellText(value)}})`,
  );
};

/** What is to be moved, if it is there; it may be an array, and not lie in one. */
const sourceOf = (way: Way): unknown => {
  let value: unknown = way.document;
  let array: number | null = null;
  for (const [depth, name] of way.path.entries()) {
    if (Array.isArray(value) && /^\d+$/.test(name)) {
      array = depth;
      value = value[Number(name)];
    } else if (isDocument(value)) value = getOwn(value, name);
    else throw notViable(way.path, depth, value);
    if (value === undefined) return undefined;
  }
  if (array !== null) throw inArray(way, 'source', array);
  return value;
};

const checkDestination = (way: Way): void => {
  let value: unknown = way.document;
  for (const [depth, name] of way.path.entries()) {
    if (Array.isArray(value)) throw inArray(way, 'destination', depth);
    value = isDocument(value) ? getOwn(value, name) : undefined;
  }
};

const move = (document: Document, from: readonly string[], path: readonly string[]): void => {
  const value = sourceOf({ document, path: from });
  if (value === undefined) return;
  checkDestination({ document, path });
  changeAt(document, { path, change: () => value, blocked: 'create', root: document });
  changeAt(document, { path: from, change: () => gone, blocked: 'ignore', root: document });
};

/** Moves a value, when there is one; its turn among the other changes is that of the place it goes to. */
export const renameSteps = (operand: Document): Step[] =>
  fieldEntries(operand).map(([from, to]) => {
    if (typeof to !== 'string')
      throw failure('BadValue', `The 'to' field for $rename must be a string: ${from}: ${shellText(to)}`);
    for (const path of [from, to]) checkPath(path);
    checkRename(from, to);
    const source = from.split('.');
    return {
      path: to,
      alsoChanges: from,
      onInsertOnly: false,
      apply: (document, path) => move(document, source, path),
    };
  });
