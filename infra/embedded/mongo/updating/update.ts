import { DecodedFields, decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { compileFilter } from '../matching/filter.ts';
import { operators } from './operators.ts';
import { changeAt, gone, type Target, unchanged } from './path.ts';
import { resolvePositional } from './positional.ts';

/** Makes the new content of a document from the old. */
export type Update = (bytes: Buffer, options: { readonly filter: Document; readonly isInsert: boolean }) => Buffer;

type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

const checkPath = (path: string): void => {
  if (path === '') throw failure('EmptyFieldName', 'An empty update path is not valid.');
  if (path.split('.').includes('')) {
    throw failure('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
};

const identifierOf = (filter: Document): string => {
  const [name = ''] = Object.keys(filter);
  if (['$and', '$or', '$nor'].includes(name)) return identifierOf((filter[name] as Document[])[0]!);
  return name.split('.')[0]!;
};

const compileArrayFilters = (filters: readonly unknown[]): ArrayFilters => {
  const compiled = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters.filter(isDocument)) {
    const identifier = identifierOf(filter);
    if (compiled.has(identifier)) {
      throw failure('FailedToParse', `Found multiple array filters with the same top-level field name ${identifier}`);
    }
    const predicate = compileFilter(filter);
    compiled.set(identifier, (element) => predicate(new DecodedFields({ [identifier]: element })));
  }
  return compiled;
};

interface Step {
  readonly path: string;
  readonly onInsertOnly: boolean;
  readonly apply: (document: Document, path: readonly string[]) => void;
}

const operatorSteps = (operator: string, operand: Document, filters: ArrayFilters): Step[] => {
  const known = operators[operator];
  if (!known) {
    throw failure(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  return Object.entries(operand).map(([path, value]) => {
    const change = known.compile({ operator, path, operand: value });
    const target: Omit<Target, 'path'> = { change, creates: known.creates, filters };
    return {
      path,
      onInsertOnly: operator === '$setOnInsert',
      apply: (document, names) => changeAt(document, { ...target, path: names }),
    };
  });
};

/** Takes the value from one place, when there is one, and puts it at the other. */
const renameSteps = (operand: Document): Step[] =>
  Object.entries(operand).flatMap(([from, to]) => {
    if (typeof to !== 'string') throw failure('BadValue', `The 'to' field for $rename must be a string: ${from}`);
    let taken: unknown;
    const take = (document: Document, path: readonly string[]): void => {
      taken = undefined;
      const change = (old: unknown): unknown => {
        taken = old;
        return old === undefined ? unchanged : gone;
      };
      changeAt(document, { path, change, creates: false, filters: new Map() });
    };
    const put = (document: Document, path: readonly string[]): void => {
      if (taken !== undefined) changeAt(document, { path, change: () => taken, creates: true, filters: new Map() });
    };
    return [
      { path: from, onInsertOnly: false, apply: take },
      { path: to, onInsertOnly: false, apply: put },
    ];
  });

const checkConflicts = (steps: readonly Step[]): void => {
  const paths = steps.map(({ path }) => path).sort();
  for (let i = 1; i < paths.length; i++) {
    const [before, path] = [paths[i - 1]!, paths[i]!];
    if (before === path || path.startsWith(`${before}.`)) {
      throw failure('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${before}'`);
    }
  }
};

const checkIdentifiers = (steps: readonly Step[], filters: ArrayFilters): void => {
  const used = new Set<string>();
  for (const { path } of steps) {
    for (const [, identifier] of path.matchAll(/\$\[([^\]]+)\]/g)) {
      if (!filters.has(identifier!)) {
        throw failure('BadValue', `No array filter found for identifier '${identifier}' in path '${path}'`);
      }
      used.add(identifier!);
    }
  }
  for (const identifier of filters.keys()) {
    if (used.has(identifier)) continue;
    throw failure('FailedToParse', `The array filter for identifier '${identifier}' was not used in the update`);
  }
};

const byPath = (left: Step, right: Step): number => (left.path < right.path ? -1 : Number(left.path > right.path));

const compileSteps = (update: Document, filters: ArrayFilters): Step[] => {
  const plain: Step[] = [];
  const renames: Step[] = [];
  for (const [operator, operand] of Object.entries(update)) {
    if (!isDocument(operand)) {
      throw failure('FailedToParse', `Modifiers operate on fields but we found another type for ${operator}`);
    }
    if (operator === '$rename') renames.push(...renameSteps(operand));
    else plain.push(...operatorSteps(operator, operand, filters));
  }
  const steps = [...renames, ...plain.sort(byPath)];
  for (const { path } of steps) checkPath(path);
  checkConflicts(steps);
  return steps;
};

/** `{ $set: … }` and its kin. New fields come in the order of their paths, as the server puts them. */
export const operatorUpdate = (update: Document, arrayFilters: readonly unknown[] = []): Update => {
  const filters = compileArrayFilters(arrayFilters);
  const steps = compileSteps(update, filters);
  checkIdentifiers(steps, filters);
  return (bytes, { filter, isInsert }) => {
    const document = decodeDocument(bytes);
    for (const { path, onInsertOnly, apply } of steps) {
      if (!onInsertOnly || isInsert) apply(document, resolvePositional(path, document, filter));
    }
    return encodeDocument(document);
  };
};
