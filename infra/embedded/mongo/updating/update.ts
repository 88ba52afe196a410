import { DecodedFields, decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { compileFilter } from '../matching/filter.ts';
import { typeName } from '../matching/types.ts';
import { shellText } from '../storage/shell-text.ts';
import { checkPath } from './check-path.ts';
import { operators } from './operators.ts';
import { changeAt, type Target } from './path.ts';
import { resolvePositional } from './positional.ts';
import { renameSteps } from './rename.ts';

/** Makes the new content of a document from the old. */
export type Update = (bytes: Buffer, options: { readonly filter: Document; readonly isInsert: boolean }) => Buffer;

type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

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

export interface Step {
  readonly path: string;
  readonly onInsertOnly: boolean;
  readonly apply: (document: Document, path: readonly string[]) => void;
}

const unknownModifier = (name: string): Error =>
  failure(
    'FailedToParse',
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );

const operatorSteps = (operator: string, operand: Document, filters: ArrayFilters): Step[] => {
  const known = operators[operator]!;
  return Object.entries(operand).map(([path, value]) => {
    checkPath(path);
    const change = known.compile({ operator, path, operand: value });
    const target: Omit<Target, 'path'> = { change, creates: known.creates, filters };
    return {
      path,
      onInsertOnly: operator === '$setOnInsert',
      apply: (document, names) => changeAt(document, { ...target, path: names }),
    };
  });
};

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
    if (operator !== '$rename' && !Object.hasOwn(operators, operator)) throw unknownModifier(operator);
    if (!isDocument(operand)) {
      throw failure(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(operand)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${shellText(operand)}}`,
      );
    }
    if (operator === '$rename') renames.push(...renameSteps(operand));
    else plain.push(...operatorSteps(operator, operand, filters));
  }
  const steps = [...renames, ...plain.sort(byPath)];
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
