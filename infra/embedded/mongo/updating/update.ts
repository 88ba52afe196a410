import { DecodedFields, decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { failure } from '../errors.ts';
import { compileFilter } from '../matching/filter.ts';
import { typeName } from '../matching/types.ts';
import { shellText } from '../storage/shell-text.ts';
import { checkPath } from './check-path.ts';
import { operators } from './operators.ts';
import { changeAt, type Target } from './path.ts';
import { type ArrayFilters, resolvePositional } from './positional.ts';
import { renameSteps } from './rename.ts';

/** Makes the new content of a document from the old. */
export type Update = (bytes: Buffer, options: { readonly filter: Document; readonly isInsert: boolean }) => Buffer;

const namesIn = (filter: Document): string[] =>
  Object.entries(filter).flatMap(([name, clause]) => {
    if (!name.startsWith('$')) return [name.split('.')[0]!];
    return Array.isArray(clause) ? clause.filter(isDocument).flatMap(namesIn) : [];
  });

/** The one name by which an array filter speaks of the elements. */
const identifierOf = (filter: Document): string => {
  const [name, other] = new Set(namesIn(filter));
  if (name === undefined)
    throw failure('FailedToParse', 'Cannot use an expression without a top-level field name in arrayFilters');
  if (other !== undefined)
    throw failure(
      'FailedToParse',
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${other}'`,
    );
  if (/^[a-z][a-zA-Z0-9]*$/.test(name)) return name;
  throw failure(
    'BadValue',
    `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
  );
};

const hasExpression = (filter: Document): boolean =>
  Object.entries(filter).some(
    ([name, clause]) =>
      name === '$expr' ||
      (name.startsWith('$') && Array.isArray(clause) && clause.filter(isDocument).some(hasExpression)),
  );

const compileArrayFilters = (filters: readonly unknown[]): ArrayFilters => {
  const compiled = new Map<string, (element: unknown) => boolean>();
  for (const filter of filters.filter(isDocument)) {
    if (hasExpression(filter)) throw failure('QueryFeatureNotAllowed', '$expr is not allowed in this context');
    const predicate = compileFilter(filter);
    const identifier = identifierOf(filter);
    if (compiled.has(identifier)) {
      throw failure('FailedToParse', `Found multiple array filters with the same top-level field name ${identifier}`);
    }
    compiled.set(identifier, (element) => predicate(new DecodedFields({ [identifier]: element })));
  }
  return compiled;
};

export interface Step {
  readonly path: string;
  /** Another path that nothing else may change. */
  readonly alsoChanges?: string;
  readonly onInsertOnly: boolean;
  readonly apply: (document: Document, path: readonly string[]) => void;
}

const unknownModifier = (name: string): Error =>
  failure(
    'FailedToParse',
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );

const operatorSteps = (operator: string, operand: Document): Step[] => {
  const known = operators[operator]!;
  return fieldEntries(operand).map(([path, value]) => {
    checkPath(path);
    const change = known.compile({ operator, path, operand: value });
    const target: Omit<Target, 'path' | 'root'> = { change, blocked: known.blocked };
    return {
      path,
      onInsertOnly: operator === '$setOnInsert',
      apply: (document, names) => changeAt(document, { ...target, path: names, root: document }),
    };
  });
};

const checkConflicts = (paths: readonly string[], messageOf: (path: string, at: string) => string): void => {
  // Whatever is below a path comes next to it: no name has a sign before NUL.
  const sorted = paths
    .map((path) => path.replaceAll('.', '\0'))
    .sort()
    .map((path) => path.replaceAll('\0', '.'));
  for (let i = 1; i < sorted.length; i++) {
    const [before, path] = [sorted[i - 1]!, sorted[i]!];
    if (before === path || path.startsWith(`${before}.`))
      throw failure('ConflictingUpdateOperators', messageOf(path, before));
  }
};

const checkStepConflicts = (steps: readonly Step[]): void =>
  checkConflicts(
    steps.flatMap(({ path, alsoChanges = [] }) => [path].concat(alsoChanges)),
    (path, at) => `Updating the path '${path}' would create a conflict at '${at}'`,
  );

const checkIdentifiers = (update: Document, steps: readonly Step[], filters: ArrayFilters): void => {
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
    throw failure(
      'FailedToParse',
      `The array filter for identifier '${identifier}' was not used in the update ${shellText(update)}`,
    );
  }
};

const byText = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

const isNumeric = (name: string): boolean => /^(?:0|[1-9].*)$/.test(name);

/** Names that begin as numbers do come in the order of their numbers, which longer ones are the larger. */
const byName = (left: string, right: string): number =>
  (isNumeric(left) && isNumeric(right) && left.length - right.length) || byText(left, right);

const byPath = (left: Step, right: Step): number => {
  const [names, others] = [left.path.split('.'), right.path.split('.')];
  const at = names.findIndex((name, depth) => name !== others[depth]);
  if (at === -1 || others[at] === undefined) return names.length - others.length;
  return byName(names[at]!, others[at]);
};

const compileSteps = (update: Document): Step[] => {
  const steps: Step[] = [];
  for (const [operator, operand] of Object.entries(update)) {
    if (operator !== '$rename' && !Object.hasOwn(operators, operator)) throw unknownModifier(operator);
    if (!isDocument(operand)) {
      throw failure(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(operand)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${shellText(operand)}}`,
      );
    }
    steps.push(...(operator === '$rename' ? renameSteps(operand) : operatorSteps(operator, operand)));
  }
  checkStepConflicts(steps);
  return steps.sort(byPath);
};

/** `{ $set: … }` and its kin. New fields come in the order of their paths, as the server puts them. */
export const operatorUpdate = (update: Document, arrayFilters: readonly unknown[] = []): Update => {
  const filters = compileArrayFilters(arrayFilters);
  const steps = compileSteps(update);
  checkIdentifiers(update, steps, filters);
  const isDynamic = steps.some(({ path }) => path.includes('$'));
  return (bytes, { filter, isInsert }) => {
    const document = decodeDocument(bytes);
    const where = { filter: isInsert ? null : filter, filters };
    const places = steps
      .filter(({ onInsertOnly }) => !onInsertOnly || isInsert)
      .flatMap(({ path, apply }) => resolvePositional(path, document, where).map((names) => ({ names, apply })));
    if (isDynamic)
      checkConflicts(
        places.map(({ names }) => names.join('.')),
        (_path, at) => `Update created a conflict at '${at}'`,
      );
    for (const { names, apply } of places) apply(document, names);
    return encodeDocument(document);
  };
};
