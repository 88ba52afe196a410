import { type Document, getOwn, isDocument, setOwn } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { locationFailure } from '../errors.ts';

export type Compute = (document: Document) => unknown;

/** A field that is taken, or left out, as a whole. */
export const named = Symbol('named');
/** A field that is there in any case. */
export const kept = Symbol('kept');

/** What is said of a field: by its name alone, by what it becomes, or field by field below. */
type Node = typeof named | typeof kept | Compute | Tree;
export interface Tree {
  /** In the order in which the projection says them; new fields come in it. */
  readonly fields: Map<string, Node>;
}

export const newTree = (): Tree => ({ fields: new Map() });

const isTree = (node: Node | undefined): node is Tree => typeof node === 'object';

const collision = (path: string, names: readonly string[]): Error =>
  locationFailure(31249, `Path collision at ${path} remaining portion ${names.slice(1).join('.')}`);

/** Where the fields below a path are said; comes into being where nothing was said of it yet. */
export const treeBelow = (tree: Tree, path: string): Tree => {
  const names = path.split('.');
  return names.reduce((above, name) => {
    const known = above.fields.get(name);
    if (isTree(known)) return known;
    if (known !== undefined) throw collision(path, names);
    const below = newTree();
    above.fields.set(name, below);
    return below;
  }, tree);
};

export const addNode = (tree: Tree, path: string, node: Node): void => {
  const names = path.split('.');
  const above = names.length > 1 ? treeBelow(tree, names.slice(0, -1).join('.')) : tree;
  const last = names.at(-1)!;
  if (above.fields.has(last)) throw locationFailure(31250, `Path collision at ${path}`);
  above.fields.set(last, node);
};

const computes = ({ fields }: Tree): boolean =>
  [...fields.values()].some((node) => typeof node === 'function' || (isTree(node) && computes(node)));

type Project = (document: Document, tree: Tree) => Document;

/** What is no document has no fields to take; it gives way to one where some are computed. */
const included = (value: unknown, tree: Tree): unknown => {
  if (isDocument(value)) return include(value, tree);
  if (Array.isArray(value)) return value.map((inner) => included(inner, tree)).filter((inner) => inner !== undefined);
  return computes(tree) ? {} : undefined;
};

/** Takes what is named; what is computed is not yet there. */
export const include: Project = (document, tree) => {
  const result: Document = {};
  for (const [name, value] of fieldEntries(document)) {
    const node = tree.fields.get(name);
    if (node === named || node === kept) setOwn(result, name, value);
    else if (isTree(node)) {
      const below = included(value, node);
      if (below !== undefined) setOwn(result, name, below);
    }
  }
  return result;
};

const excluded = (value: unknown, tree: Tree): unknown => {
  if (Array.isArray(value)) return value.map((inner) => excluded(inner, tree));
  return isDocument(value) ? exclude(value, tree) : value;
};

export const exclude: Project = (document, tree) => {
  const result: Document = {};
  for (const [name, value] of fieldEntries(document)) {
    const node = tree.fields.get(name);
    if (node !== named) setOwn(result, name, isTree(node) ? excluded(value, node) : value);
  }
  return result;
};

/** Sets what is computed from the whole document: where the field already is, or at the end. */
const compute = (result: Document, tree: Tree, root: Document): Document => {
  for (const [name, node] of tree.fields) {
    if (typeof node === 'function') {
      const value = node(root);
      if (value === undefined) delete result[name];
      else setOwn(result, name, value);
    } else if (isTree(node) && computes(node)) {
      setOwn(result, name, computedBelow(getOwn(result, name), node, root));
    }
  }
  return result;
};

const computedBelow = (value: unknown, tree: Tree, root: Document): unknown => {
  if (Array.isArray(value)) return value.map((inner) => computedBelow(inner, tree, root));
  return compute(isDocument(value) ? value : {}, tree, root);
};

export const projectBy = (project: Project, tree: Tree): ((document: Document) => Document) =>
  computes(tree)
    ? (document) => compute(project(document, tree), tree, document)
    : (document) => project(document, tree);
