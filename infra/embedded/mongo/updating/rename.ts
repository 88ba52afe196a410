import { type Document, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { shellText } from '../storage/shell-text.ts';
import { checkPath, checkRename } from './check-path.ts';
import { changeAt, gone, unchanged } from './path.ts';
import type { Step } from './update.ts';

/** Neither end of a renaming may lie in an array. */
const refuseArrays = (document: Document, path: readonly string[], end: 'source' | 'destination'): void => {
  let value: unknown = document;
  for (const [depth, name] of path.entries()) {
    if (Array.isArray(value)) {
      const array = path[depth - 1]!;
      throw failure(
        'BadValue',
        `The ${end} field cannot be an array element, '${path.join('.')}' in doc with _id: ${shellText(document._id)} has an array field called '${array}'`,
      );
    }
    value = isDocument(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
};

/** Takes the value from one place, when there is one, and puts it at the other. */
export const renameSteps = (operand: Document): Step[] =>
  Object.entries(operand).flatMap(([from, to]) => {
    if (typeof to !== 'string')
      throw failure('BadValue', `The 'to' field for $rename must be a string: ${from}: ${shellText(to)}`);
    for (const path of [from, to]) checkPath(path);
    checkRename(from, to);
    let taken: unknown;
    const take = (document: Document, path: readonly string[]): void => {
      refuseArrays(document, path, 'source');
      taken = undefined;
      const change = (old: unknown): unknown => {
        taken = old;
        return old === undefined ? unchanged : gone;
      };
      changeAt(document, { path, change, creates: false, filters: new Map() });
    };
    const put = (document: Document, path: readonly string[]): void => {
      if (taken === undefined) return;
      refuseArrays(document, path, 'destination');
      changeAt(document, { path, change: () => taken, creates: true, filters: new Map() });
    };
    return [
      { path: from, onInsertOnly: false, apply: take },
      { path: to, onInsertOnly: false, apply: put },
    ];
  });
