import type { Variables } from '../aggregating/operator.ts';
import { type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { checkFieldPath } from '../matching/field-path.ts';
import { isNumber, isTruthy } from '../numbers.ts';
import { arrayProjection, isArrayProjection } from './array-projection.ts';

export interface Computed {
  readonly path: readonly string[];
  readonly compute: (document: Document) => unknown;
}

/** What a projection says, field by field. */
export interface Fields {
  readonly include: string[];
  readonly exclude: string[];
  readonly computed: Computed[];
  idIncluded: boolean | null;
}

/** The query that a projection belongs to; what its `.$` stands for comes from there. */
export interface Query {
  readonly filter: Document;
  readonly variables?: Variables | undefined;
}

/** Where the projection stands decides what `{ $slice: … }` means and how an expression is compiled. */
export interface Dialect {
  readonly isFind: boolean;
  readonly compile: (expression: unknown) => (document: Document) => unknown;
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isNumber(value);

const isNested = (value: unknown): value is Document => isDocument(value) && !Object.keys(value)[0]?.startsWith('$');

class FieldReader {
  readonly fields: Fields = { include: [], exclude: [], computed: [], idIncluded: null };
  #hasPositional = false;

  constructor(
    readonly dialect: Dialect,
    readonly query: Query,
  ) {}

  read(path: string, value: unknown): void {
    if (this.dialect.isFind && path.endsWith('.$')) return this.#positional(path.slice(0, -2));
    checkFieldPath(path);
    if (isFlag(value)) this.#flag(path, isTruthy(value));
    else if (isNested(value)) this.#nested(path, value);
    else this.#computed(path, value);
  }

  #nested(path: string, value: Document): void {
    if (Object.keys(value).length === 0) {
      throw locationFailure(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
    }
    for (const [name, inner] of Object.entries(value)) this.read(`${path}.${name}`, inner);
  }

  #flag(path: string, isIncluded: boolean): void {
    if (path === '_id') this.fields.idIncluded = isIncluded;
    else if (isIncluded) this.#include(path);
    else this.#exclude(path);
  }

  #include(path: string): void {
    if (this.fields.exclude.length > 0) {
      throw locationFailure(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    }
    this.fields.include.push(path);
  }

  #exclude(path: string): void {
    if (this.#hasPositional) throw locationFailure(31395, 'positional projection cannot be used with exclusion');
    if (this.fields.include.length > 0) {
      throw locationFailure(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    this.fields.exclude.push(path);
  }

  #computed(path: string, value: unknown): void {
    if (isDocument(value) && '$meta' in value) {
      throw failure('BadValue', '$meta projections are not supported by this server');
    }
    const isOfArray = this.dialect.isFind && isArrayProjection(value);
    if (isOfArray && '$elemMatch' in value && path.includes('.')) {
      throw locationFailure(31275, 'Cannot use $elemMatch projection on a nested field.');
    }
    const compute = isOfArray ? arrayProjection(path, value) : this.dialect.compile(value);
    this.fields.computed.push({ path: path.split('.'), compute });
    // A slice alone leaves the other fields; everything else that is computed begins a list of what to include.
    if (!isOfArray || '$elemMatch' in value) this.#include(path);
  }

  #positional(path: string): void {
    if (this.#hasPositional) {
      throw locationFailure(31276, 'Cannot specify more than one positional projection per query.');
    }
    if (this.fields.exclude.length > 0) {
      throw locationFailure(31395, 'positional projection cannot be used with exclusion');
    }
    this.#hasPositional = true;
    checkFieldPath(path);
    this.#include(path);
    this.fields.computed.push({
      path: path.split('.'),
      compute: arrayProjection(path, { $positional: this.query.filter }),
    });
  }
}

export const readFields = (specification: Document, dialect: Dialect, query: Query): Fields => {
  const reader = new FieldReader(dialect, query);
  for (const [path, value] of Object.entries(specification)) reader.read(path, value);
  return reader.fields;
};
