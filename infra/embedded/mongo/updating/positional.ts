import { type Document, getOwn, isDocument } from '../bson/decode.ts';
import { failure } from '../errors.ts';
import { matchedElement } from '../matching/matched-element.ts';
import { shellText } from '../storage/shell-text.ts';

/** By the names that paths call elements by. */
export type ArrayFilters = ReadonlyMap<string, (element: unknown) => boolean>;

/** Replaces the `$` of a path by the element that the filter found; null for no filter, as of what is inserted. */
const resolveMatched = (names: readonly string[], document: Document, filter: Document | null): readonly string[] => {
  const at = names.indexOf('$');
  if (at < 0) return names;
  const found = filter && matchedElement(document, filter);
  if (found !== null) return names.with(at, String(found));
  throw failure('BadValue', 'The positional operator did not find the match needed from the query.');
};

const isOfMany = (name: string): boolean => name.startsWith('$[');

const childOf = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? (value[Number(name)] as unknown) : undefined;
  return isDocument(value) ? getOwn(value, name) : undefined;
};

const arrayAt = (value: unknown, path: readonly string[]): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  if (value === undefined)
    throw failure(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  throw failure(
    'BadValue',
    `Cannot apply array updates to non-array element ${path.at(-1) ?? ''}: ${shellText(value)}`,
  );
};

/** Puts every place that `$[]` and `$[name]` lead to in their stead. */
function* resolveMany(
  value: unknown,
  { names, depth, filters }: { names: readonly string[]; depth: number; filters: ArrayFilters },
): Generator<readonly string[]> {
  const at = names.findIndex((name, place) => place >= depth && isOfMany(name));
  if (at < 0) return yield names;
  const array = arrayAt(names.slice(depth, at).reduce(childOf, value), names.slice(0, at));
  const filter = filters.get(names[at]!.slice(2, -1)) ?? (() => true);
  for (const [place, element] of array.entries()) {
    if (!filter(element)) continue;
    yield* resolveMany(element, { names: names.with(at, String(place)), depth: at + 1, filters });
  }
}

export interface Whereabouts {
  readonly filter: Document | null;
  readonly filters: ArrayFilters;
}

/** The places of the document, as it is before anything changes, that a path leads to. */
export const resolvePositional = (path: string, document: Document, where: Whereabouts): (readonly string[])[] => {
  const names = path.split('.');
  if (!path.includes('$')) return [names];
  return [
    ...resolveMany(document, {
      names: resolveMatched(names, document, where.filter),
      depth: 0,
      filters: where.filters,
    }),
  ];
};
