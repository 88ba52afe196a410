import type { Variables } from '../aggregating/operator.ts';
import { operators } from '../aggregating/operators/table.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import { fieldEntries, fieldNames } from '../bson/field-order.ts';
import { failure, locationFailure } from '../errors.ts';
import { checkFieldPath } from '../matching/field-path.ts';
import { typeName } from '../matching/types.ts';
import { isNumber, isTruthy } from '../numbers.ts';
import { shellText } from '../storage/shell-text.ts';
import { type Change, elementProjection, positionalProjection, sliceProjection } from './array-projection.ts';
import { addNode, type Compute, kept, named, newTree, type Tree, treeBelow } from './projection-tree.ts';

/** What a projection says. */
export interface Projection {
  readonly isInclusion: boolean;
  readonly tree: Tree;
  /** What is done, one after the other, to what is left. */
  readonly changes: readonly Change[];
}

/** The query that a projection belongs to; what its `.$` stands for comes from there. */
export interface Query {
  readonly filter: Document;
  readonly variables?: Variables | undefined;
}

/** Where the projection stands decides what `{ $slice: … }` means and how an expression is compiled. */
export interface Dialect {
  readonly isFind: boolean;
  readonly compile: (expression: unknown) => Compute;
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isNumber(value);

const isReference = (name: string): boolean => ['$ref', '$id', '$db'].includes(name);

const isPositional = (path: string): boolean => path === '$' || path.endsWith('.$');

const checkPositional = (name: string, value: unknown): void => {
  if (isDocument(value))
    throw locationFailure(31271, 'positional projection cannot be used with an expression or sub object');
  if (!isFlag(value)) throw locationFailure(31308, 'positional projection cannot be used with a literal');
  if (!isTruthy(value)) throw locationFailure(31395, 'positional projection cannot be used with exclusion');
  if (name === '.$') throw locationFailure(5392900, `Projection on field ${name} is invalid`);
};

/** Where a field is said: by itself, or below another. */
interface Place {
  readonly tree: Tree;
  /** The path of the other, with its dot. */
  readonly above: string;
}

class ProjectionReader {
  readonly #changes: Change[] = [];
  /** Nothing as long as it may be either. */
  #isInclusion: boolean | null = null;
  /** Whether `_id` as a whole is asked for, or is not wanted; nothing when it is not said so. */
  #id: boolean | null = null;
  #hasPositional = false;
  #hasElement = false;
  #hasSlice = false;

  constructor(
    readonly dialect: Dialect,
    readonly query: Query,
  ) {}

  read(specification: Document): Projection {
    const tree = newTree();
    this.#all(specification, { tree, above: '' });
    const isInclusion = this.#isInclusion ?? this.#isInclusionByDefault();
    const { fields } = tree;
    if (this.#id !== null && this.#id !== isInclusion) fields.delete('_id');
    else if (isInclusion && !fields.has('_id')) fields.set('_id', named);
    return { isInclusion, tree, changes: this.#changes };
  }

  #isInclusionByDefault(): boolean {
    if (this.#hasSlice) return this.#id === true;
    return this.#hasElement || this.#id === true;
  }

  #all(specification: Document, place: Place): void {
    for (const [name, value] of fieldEntries(specification)) this.#field(name, value, place);
  }

  #field(name: string, value: unknown, place: Place): void {
    if (isPositional(name) && !this.dialect.isFind)
      throw locationFailure(31324, 'Cannot use positional projection in aggregation projection');
    if (name.includes('.$.'))
      throw locationFailure(
        31394,
        "As of 4.4, it's illegal to specify positional operator in the middle of a path. Positional projection may only be used at the end, for example: a.b.$. If the query previously used a form like a.b.$.d, remove the parts following the '$' and the results will be equivalent.",
      );
    if (isPositional(name)) {
      checkPositional(name, value);
      this.#positional(name, place);
      return;
    }
    checkFieldPath(name);
    if (isDocument(value)) this.#document(name, value, place);
    else if (isFlag(value)) this.#flag(name, isTruthy(value), place);
    else this.#literal(name, value, place);
  }

  #flag(name: string, isIncluded: boolean, place: Place): void {
    addNode(place.tree, name, named);
    if (name === '_id' && place.above === '') this.#id = isIncluded;
    else if (isIncluded) this.#include(name);
    else {
      if (this.#isInclusion === true)
        throw locationFailure(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
      this.#isInclusion = false;
    }
  }

  #include(name: string): void {
    if (this.#isInclusion === false)
      throw locationFailure(31253, `Cannot do inclusion on field ${name} in exclusion projection`);
    this.#isInclusion = true;
  }

  #literal(name: string, value: unknown, place: Place): void {
    addNode(place.tree, name, this.dialect.compile(value));
    if (this.#isInclusion === false)
      throw locationFailure(31310, `Cannot use an expression ${name}: ${shellText(value)} in an exclusion projection`);
    this.#isInclusion = true;
  }

  /** An expression, or what is said of the fields below. */
  #document(name: string, value: Document, place: Place): void {
    const [first, ...others] = fieldNames(value);
    if (first === undefined)
      throw locationFailure(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path ${place.above}${name}`,
      );
    if (others.length === 0 && first.startsWith('$')) {
      if (this.#ofArray(name, value, place) || this.#expression(name, value, place)) return;
      if (!isReference(first)) throw locationFailure(31325, `Unknown expression ${first}`);
    }
    this.#all(value, { tree: treeBelow(place.tree, name), above: `${place.above}${name}.` });
  }

  #expression(name: string, expression: Document, { tree }: Place): boolean {
    if (!Object.hasOwn(operators, Object.keys(expression)[0]!)) return false;
    if (this.#isInclusion === false)
      throw locationFailure(31252, 'Cannot use expression other than $meta in exclusion projection');
    this.#isInclusion = true;
    addNode(tree, name, this.dialect.compile(expression));
    return true;
  }

  /** What only a find knows. */
  #ofArray(name: string, expression: Document, place: Place): boolean {
    const [[operator, operand] = ['', null]] = Object.entries(expression);
    if (operator === '$elemMatch') {
      this.#element(name, operand, place);
      return true;
    }
    const change =
      operator === '$slice' && this.dialect.isFind ? sliceProjection(`${place.above}${name}`, operand) : null;
    if (!change) return false;
    addNode(place.tree, name, kept);
    this.#changes.push(change);
    this.#hasSlice = true;
    return true;
  }

  #element(name: string, condition: unknown, { tree, above }: Place): void {
    if (!this.dialect.isFind) throw failure('InvalidPipelineOperator', 'Cannot use $elemMatch in this context');
    if (!isDocument(condition))
      throw locationFailure(31274, `elemMatch: Invalid argument, object required, but got ${typeName(condition)}`);
    if (this.#hasPositional) throw locationFailure(31255, 'Cannot specify positional operator and $elemMatch.');
    if (above !== '' || name.includes('.'))
      throw locationFailure(31275, 'Cannot use $elemMatch projection on a nested field.');
    addNode(tree, name, elementProjection(name, condition));
    this.#hasElement = true;
  }

  #positional(name: string, { tree, above }: Place): void {
    if (this.#hasPositional)
      throw locationFailure(31276, 'Cannot specify more than one positional projection per query.');
    if (this.#hasElement) throw locationFailure(31256, 'Cannot specify positional operator and $elemMatch.');
    const path = name.slice(0, -2);
    checkFieldPath(path);
    addNode(tree, path, kept);
    this.#changes.push(positionalProjection(`${above}${path}`, this.query.filter));
    this.#hasPositional = true;
    this.#include(name);
  }
}

export const readProjection = (specification: Document, dialect: Dialect, query: Query): Projection =>
  new ProjectionReader(dialect, query).read(specification);
