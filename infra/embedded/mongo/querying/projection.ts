import { decodeDocument, type Document, encodeDocument, isDocument, setOwn } from '../bson/decode.ts';
import { Elements, encodedName } from '../bson/elements.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { compileExpression } from '../aggregating/expression.ts';
import { locationFailure } from '../errors.ts';
import { type Computed, type Dialect, type Fields, type Query, readFields } from './projection-fields.ts';

/** What becomes of a field: kept or dropped as a whole, or treated field by field below. */
type Tree = Map<string, Tree | true>;

const treeOf = (paths: readonly string[]): Tree => {
  const root: Tree = new Map();
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop()!;
    let tree = root;
    for (const name of names) {
      const below = tree.get(name) ?? new Map<string, Tree | true>();
      if (below === true)
        throw locationFailure(
          31249,
          `Path collision at ${path} remaining portion ${[...names.slice(names.indexOf(name) + 1), last].join('.')}`,
        );
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
  for (const [name, value] of fieldEntries(document)) {
    const below = tree.get(name);
    if (below === true) setOwn(result, name, value);
    else if (below && isDocument(value)) setOwn(result, name, include(value, below));
    else if (below && Array.isArray(value)) setOwn(result, name, through(value, below, include));
  }
  return result;
};

const exclude = (document: Document, tree: Tree): Document => {
  const result: Document = {};
  for (const [name, value] of fieldEntries(document)) {
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
  if (Array.isArray(below)) {
    setOwn(
      document,
      name!,
      below.map((element) => withPath(element, rest, value)),
    );
    return;
  }
  const inner = isDocument(below) ? below : {};
  setPath(inner, rest, value);
  setOwn(document, name!, inner);
};

/** Each document of an array gets the field; what is no document gives way to one. */
const withPath = (element: unknown, path: readonly string[], value: unknown): unknown => {
  if (Array.isArray(element)) return element.map((inner) => withPath(inner, path, value));
  const document = isDocument(element) ? element : {};
  setPath(document, path, value);
  return document;
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

const shapeOf = ({ include: included, exclude: excluded, computed, idIncluded }: Fields): Shape => {
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

/** Turns a stored document into what the client asked to see; null when that is the whole document. */
export const compileProjection = (specification: Document, query: Query): ((bytes: Buffer) => Buffer) | null => {
  if (Object.keys(specification).length === 0) return null;
  const dialect = { isFind: true, compile: (expression: unknown) => compileExpression(expression, query.variables) };
  const shape = shapeOf(readFields(specification, dialect, query));
  const isSimple = shape.isInclusion && shape.computed.length === 0 && !shape.paths.some((path) => path.includes('.'));
  if (isSimple) return copyFields(shape.paths);
  const project = projector(shape);
  return (bytes) => encodeDocument(project(decodeDocument(bytes)));
};

/** `$project` over documents of plain values. */
export const compileProjectStage = (
  specification: Document,
  compile: Dialect['compile'],
): ((document: Document) => Document) =>
  projector(shapeOf(readFields(specification, { isFind: false, compile }, { filter: {} })));
