import { decodeDocument, type Document, encodeDocument, isDocument, setOwn } from '../bson/decode.ts';
import { Elements, encodedName } from '../bson/elements.ts';
import { compileExpression } from '../aggregating/expression.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber, isTruthy } from '../numbers.ts';
import { arrayProjection, isArrayProjection } from './array-projection.ts';

/** What becomes of a field: kept or dropped as a whole, or treated field by field below. */
type Tree = Map<string, Tree | true>;

interface Computed {
  readonly path: readonly string[];
  readonly compute: (document: Document) => unknown;
}

interface Parsed {
  readonly include: string[];
  readonly exclude: string[];
  readonly computed: Computed[];
  idIncluded: boolean | null;
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isNumber(value);

/** Where the projection stands decides what `{ $slice: … }` means and how an expression is compiled. */
interface Dialect {
  readonly isFind: boolean;
  readonly compile: (expression: unknown) => (document: Document) => unknown;
}

const isNested = (value: unknown): value is Document =>
  isDocument(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]!.startsWith('$');

const parseField = (parsed: Parsed, [path, value]: [string, unknown], dialect: Dialect): void => {
  if (isFlag(value)) parseFlag(parsed, path, isTruthy(value));
  else if (isNested(value)) {
    for (const [name, inner] of Object.entries(value)) parseField(parsed, [`${path}.${name}`, inner], dialect);
  } else parseComputed(parsed, [path, value], dialect);
};

const parseFlag = (parsed: Parsed, path: string, isIncluded: boolean): void => {
  if (path === '_id') parsed.idIncluded = isIncluded;
  else (isIncluded ? parsed.include : parsed.exclude).push(path);
};

const parseComputed = (parsed: Parsed, [path, value]: [string, unknown], dialect: Dialect): void => {
  if (isDocument(value) && '$meta' in value) {
    throw failure('BadValue', '$meta projections are not supported by this server');
  }
  const isOfArray = dialect.isFind && isArrayProjection(value);
  const compute = isOfArray ? arrayProjection(path, value) : dialect.compile(value);
  parsed.computed.push({ path: path.split('.'), compute });
  // A slice alone leaves the other fields; everything else that is computed begins a list of what to include.
  if (!isOfArray || '$elemMatch' in value) parsed.include.push(path);
};

const positional = /^(.*)\.\$$/;

const parse = (specification: Document, dialect: Dialect, filter: Document): Parsed => {
  const parsed: Parsed = { include: [], exclude: [], computed: [], idIncluded: null };
  for (const [path, value] of Object.entries(specification)) {
    const array = positional.exec(path)?.[1];
    if (array === undefined) {
      parseField(parsed, [path, value], dialect);
    } else {
      parsed.include.push(array);
      parsed.computed.push({ path: array.split('.'), compute: arrayProjection(array, { $positional: filter }) });
    }
  }
  if (parsed.include.length > 0 && parsed.exclude.length > 0) {
    const [path] = parsed.exclude;
    throw locationFailure(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  }
  return parsed;
};

const treeOf = (paths: readonly string[]): Tree => {
  const root: Tree = new Map();
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop()!;
    let tree = root;
    for (const name of names) {
      const below = tree.get(name) ?? new Map<string, Tree | true>();
      if (below === true) throw locationFailure(31249, `Path collision at ${path}`);
      tree.set(name, below);
      tree = below;
    }
    if (tree.has(last) && tree.get(last) !== true) throw locationFailure(31250, `Path collision at ${path}`);
    tree.set(last, true);
  }
  return root;
};

const through = (value: unknown, tree: Tree, project: (document: Document, tree: Tree) => Document): unknown[] =>
  (value as unknown[]).flatMap((element) => {
    if (Array.isArray(element)) return [through(element, tree, project)];
    if (isDocument(element)) return [project(element, tree)];
    return project === exclude ? [element] : [];
  });

const include = (document: Document, tree: Tree): Document => {
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const below = tree.get(name);
    if (below === true) setOwn(result, name, value);
    else if (below && isDocument(value)) setOwn(result, name, include(value, below));
    else if (below && Array.isArray(value)) setOwn(result, name, through(value, below, include));
  }
  return result;
};

const exclude = (document: Document, tree: Tree): Document => {
  const result: Document = {};
  for (const [name, value] of Object.entries(document)) {
    const below = tree.get(name);
    if (below === true) continue;
    if (below && isDocument(value)) setOwn(result, name, exclude(value, below));
    else if (below && Array.isArray(value)) setOwn(result, name, through(value, below, exclude));
    else setOwn(result, name, value);
  }
  return result;
};

const setPath = (document: Document, path: readonly string[], value: unknown): void => {
  const [name, ...rest] = path;
  if (rest.length === 0) {
    if (value === undefined) delete document[name!];
    else setOwn(document, name!, value);
    return;
  }
  if (value === undefined) return;
  const below = document[name!];
  const inner = isDocument(below) ? below : {};
  setPath(inner, rest, value);
  setOwn(document, name!, inner);
};

/** Keeps top-level fields by copying their bytes. */
const copyFields = (names: readonly string[]): ((bytes: Buffer) => Buffer) => {
  const wanted = names.map(encodedName);
  return (bytes) => {
    const parts: Buffer[] = [bytes.subarray(0, 4)];
    const elements = new Elements(bytes);
    while (elements.next()) {
      if (wanted.some((name) => elements.isNamed(name))) parts.push(bytes.subarray(elements.nameAt - 1, elements.end));
    }
    parts.push(bytes.subarray(bytes.length - 1));
    const copy = Buffer.concat(parts);
    copy.writeInt32LE(copy.length, 0);
    return copy;
  };
};

interface Shape {
  readonly isInclusion: boolean;
  readonly paths: readonly string[];
  readonly computed: readonly Computed[];
}

const shapeOf = ({ include: included, exclude: excluded, computed, idIncluded }: Parsed): Shape => {
  const isInclusion = included.length > 0 || (idIncluded === true && excluded.length === 0 && computed.length === 0);
  const paths = isInclusion ? [...included] : [...excluded];
  if (isInclusion ? idIncluded !== false : idIncluded === false) paths.push('_id');
  return { isInclusion, paths: [...new Set(paths)], computed };
};

const projector = ({ isInclusion, paths, computed }: Shape): ((document: Document) => Document) => {
  const tree = treeOf(paths);
  const project = isInclusion ? include : exclude;
  return (document) => {
    const result = project(document, tree);
    for (const { path, compute } of computed) setPath(result, path, compute(document));
    return result;
  };
};

const findDialect: Dialect = { isFind: true, compile: (expression) => compileExpression(expression) };

/** Turns a stored document into what the client asked to see; null when that is the whole document. */
export const compileProjection = (specification: Document, filter: Document): ((bytes: Buffer) => Buffer) | null => {
  if (Object.keys(specification).length === 0) return null;
  const shape = shapeOf(parse(specification, findDialect, filter));
  const isSimple = shape.isInclusion && shape.computed.length === 0 && !shape.paths.some((path) => path.includes('.'));
  if (isSimple) return copyFields(shape.paths);
  const project = projector(shape);
  return (bytes) => encodeDocument(project(decodeDocument(bytes)));
};

/** `$project` over documents of plain values. */
export const compileProjectStage = (
  specification: Document,
  compile: Dialect['compile'],
): ((document: Document) => Document) => projector(shapeOf(parse(specification, { isFind: false, compile }, {})));
