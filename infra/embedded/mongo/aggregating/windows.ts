import { type Document, isDocument } from '../bson/decode.ts';
import { DecodedFields } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { collatedKey, collatedOrder } from '../matching/collation-scope.ts';
import { failure, locationFailure } from '../errors.ts';
import { missingField, unknownField, wrongType } from '../field-faults.ts';
import { typeName } from '../matching/types.ts';
import { parseSort, sortBy, type SortField } from '../querying/sort.ts';
import { isAccumulator, type NewAccumulation, readAccumulator } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkKnown, type Variables } from './operator.ts';
import { checkDistinctPaths, fieldSetter } from './reshape.ts';
import { slopes } from './slopes.ts';
import { type Bounds, readBounds } from './window-bounds.ts';
import { type Ordering, type WindowFunction, windowFunctions } from './window-functions.ts';

/** A window that only grows is added to; any other is gathered anew. */
const accumulating =
  (make: NewAccumulation, bounds: Bounds): WindowFunction =>
  (partition) => {
    const boundsAt = bounds(partition);
    let kept = make();
    let [start, end] = [0, 0];
    return partition.map((_document, at) => {
      const [from, to] = boundsAt(at);
      if (from !== start || to < end) {
        kept = make();
        [start, end] = [from, from];
      }
      for (; end < to; end++) kept.add(partition[end]!);
      return kept.result() ?? null;
    });
  };

const notOverWindows = ['$accumulator', '$mergeObjects'];

const isOverWindows = (name: string): boolean => isAccumulator(name) && !notOverWindows.includes(name);

const isKnownFunction = (name: string): boolean =>
  isOverWindows(name) || Object.hasOwn(slopes, name) || Object.hasOwn(windowFunctions, name);

/** The name of the function among what is said of a field. */
const functionIn = (specification: Document): string => {
  const names = Object.keys(specification);
  const name = names.find((key) => key.startsWith('$'));
  if (name !== undefined) return name;
  const found = names.length > 0 ? `, ${names[0]}` : '';
  throw failure('FailedToParse', `Expected a $-prefixed window function${found}`);
};

const accumulationOf = (name: string, operand: unknown, ordering: Ordering): NewAccumulation | null => {
  if (isOverWindows(name)) return readAccumulator({ [name]: operand }, ordering.variables);
  return Object.hasOwn(slopes, name) ? slopes[name]!(operand, ordering, name) : null;
};

const readFunction = (field: string, specification: unknown, ordering: Ordering): WindowFunction => {
  if (!isDocument(specification)) throw failure('FailedToParse', `The field '${field}' must be an object`);
  const { window, ...call } = specification;
  const name = functionIn(specification);
  const other = Object.keys(call).find((key) => key !== name);
  if (other !== undefined && isKnownFunction(name))
    throw failure('FailedToParse', `Window function ${name} found an unknown argument: ${other}`);
  const make = accumulationOf(name, call[name], ordering);
  if (make) {
    if (name === '$derivative' && window === undefined)
      throw failure('FailedToParse', '$derivative requires explicit window bounds');
    return accumulating(make, readBounds(window, ordering));
  }
  const read = Object.hasOwn(windowFunctions, name) ? windowFunctions[name] : undefined;
  if (!read) throw failure('FailedToParse', `Unrecognized window function, ${name}`);
  if (window !== undefined) throw locationFailure(5371601, `${name} does not accept a 'window' field`);
  return read(call[name], ordering, name);
};

const orderingOf = (sort: readonly SortField[], variables: Variables): Ordering => {
  const [only, ...others] = sort;
  const isSingle = only !== undefined && others.length === 0;
  return {
    variables,
    keyOf: isSingle ? plainExpression(`$${only.path}`) : null,
    descending: isSingle && only.descending,
  };
};

/** Everything but a whole partition needs an order to make sense. */
const checkOrder = (output: Document, sort: readonly SortField[]): void => {
  if (sort.length > 0) return;
  for (const specification of Object.values(output)) {
    if (!isDocument(specification)) continue;
    const name = functionIn(specification);
    if (!isKnownFunction(name)) continue;
    const { window } = specification;
    const bounds = isDocument(window) ? [window.documents].flat() : [];
    const isBounded = bounds.some((bound) => bound !== undefined && bound !== 'unbounded');
    if (isBounded || ['$documentNumber', '$shift', '$expMovingAvg', '$linearFill'].includes(name))
      throw locationFailure(5339901, `${name} requires a sortBy`);
  }
};

interface Partition {
  readonly id: unknown;
  readonly documents: Document[];
}

const partitioned = (documents: Iterable<Document>, idOf: (document: Document) => unknown): Partition[] => {
  const partitions = new Map<string, Partition>();
  for (const document of documents) {
    const id = idOf(document) ?? null;
    if (Array.isArray(id))
      throw failure('TypeMismatch', 'An expression used to partition cannot evaluate to value of type array');
    const key = collatedKey(id);
    const known = partitions.get(key);
    if (known) known.documents.push(document);
    else partitions.set(key, { id, documents: [document] });
  }
  return [...partitions.values()].sort((left, right) => collatedOrder(left.id, right.id));
};

const stage = '$setWindowFields';

const optionsOf = (specification: unknown): { output: Document; partitionBy?: unknown; sortBy?: unknown } => {
  if (!isDocument(specification))
    throw failure(
      'FailedToParse',
      `the ${stage} stage specification must be an object, found ${typeName(specification)}`,
    );
  checkKnown(specification, ['partitionBy', 'sortBy', 'output'], (name) => unknownField(`${stage}.${name}`));
  const { output, sortBy: order } = specification;
  if (order !== undefined && !isDocument(order)) throw wrongType(`${stage}.sortBy`, order, "type 'object'");
  if (output === undefined) throw missingField(`${stage}.output`);
  if (!isDocument(output)) throw wrongType(`${stage}.output`, output, "type 'object'");
  return { ...specification, output };
};

/** Sets fields by what stands around a document in its partition. */
export const setWindowFields = (specification: unknown, variables: Variables) => {
  const { output, partitionBy = null, sortBy: order } = optionsOf(specification);
  checkDistinctPaths(Object.keys(output), 6307900);
  const sort = parseSort(order);
  checkOrder(output, sort);
  const ordering = orderingOf(sort, variables);
  const fields = fieldEntries(output).map(([name, call]) => ({
    set: fieldSetter(name),
    run: readFunction(name, call, ordering),
  }));
  const idOf = plainExpression(partitionBy, variables);
  return function* (documents: Iterable<Document>): Generator<Document> {
    for (const partition of partitioned(documents, idOf)) {
      const inOrder = sortBy(partition.documents, sort, (document) => new DecodedFields(document));
      const computed = fields.map(({ run }) => run(inOrder));
      for (const [at, document] of inOrder.entries()) {
        yield fields.reduce((result, { set }, place) => set(result, computed[place]![at]), document);
      }
    }
  };
};
