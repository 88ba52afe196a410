import { type Document, isDocument } from '../bson/decode.ts';
import { DecodedFields } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { compareValues, orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { parseSort, sortBy, type SortField } from '../querying/sort.ts';
import { isAccumulator, type NewAccumulation, readAccumulator } from './accumulation.ts';
import { plainExpression } from './compile.ts';
import { checkNames, type Variables } from './operator.ts';
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

const accumulationOf = (name: string, operand: unknown, ordering: Ordering): NewAccumulation | null => {
  if (isAccumulator(name)) return readAccumulator({ [name]: operand }, ordering.variables);
  return Object.hasOwn(slopes, name) ? slopes[name]!(operand, ordering, name) : null;
};

const readFunction = (field: string, specification: unknown, ordering: Ordering): WindowFunction => {
  if (!isDocument(specification)) throw failure('FailedToParse', `The field '${field}' must be an object`);
  const { window, ...call } = specification;
  const [name = '', ...others] = Object.keys(call);
  if (others.length > 0) throw failure('FailedToParse', `The field '${field}' must specify one window function`);
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
    const { window, ...call } = isDocument(specification) ? specification : {};
    const [name = ''] = Object.keys(call);
    const bounds = isDocument(window) ? [window.documents, window.range].flat() : [];
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
    const key = orderKey(id);
    const known = partitions.get(key);
    if (known) known.documents.push(document);
    else partitions.set(key, { id, documents: [document] });
  }
  return [...partitions.values()].sort((left, right) => compareValues(left.id, right.id));
};

const stage = '$setWindowFields';

/** Sets fields by what stands around a document in its partition. */
export const setWindowFields = (specification: unknown, variables: Variables) => {
  const options = checkNames(specification, { required: ['output'], optional: ['partitionBy', 'sortBy'] }, stage);
  const { output, partitionBy = null } = options;
  if (!isDocument(output)) throw failure('FailedToParse', "The 'output' parameter must be an object");
  checkDistinctPaths(Object.keys(output));
  const sort = parseSort(options.sortBy);
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
