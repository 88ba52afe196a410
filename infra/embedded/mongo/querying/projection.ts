import { compileExpression } from '../aggregating/expression.ts';
import { decodeDocument, type Document, encodeDocument } from '../bson/decode.ts';
import { Elements, encodedName } from '../bson/elements.ts';
import { type Dialect, type Projection, type Query, readProjection } from './projection-fields.ts';
import { exclude, include, named, projectBy } from './projection-tree.ts';

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

const projector = ({ isInclusion, tree, changes }: Projection): ((document: Document) => Document) => {
  const project = projectBy(isInclusion ? include : exclude, tree);
  return (document) => changes.reduce((projected, change) => change(document, projected), project(document));
};

/** Turns a stored document into what the client asked to see; null when that is the whole document. */
export const compileProjection = (specification: Document, query: Query): ((bytes: Buffer) => Buffer) | null => {
  if (Object.keys(specification).length === 0) return null;
  const dialect = { isFind: true, compile: (expression: unknown) => compileExpression(expression, query.variables) };
  const projection = readProjection(specification, dialect, query);
  const { isInclusion, tree, changes } = projection;
  const isSimple = isInclusion && changes.length === 0 && [...tree.fields.values()].every((node) => node === named);
  if (isSimple) return copyFields([...tree.fields.keys()]);
  const project = projector(projection);
  return (bytes) => encodeDocument(project(decodeDocument(bytes)));
};

/** `$project` over documents of plain values. */
export const compileProjectStage = (
  specification: Document,
  compile: Dialect['compile'],
): ((document: Document) => Document) =>
  projector(readProjection(specification, { isFind: false, compile }, { filter: {} }));
