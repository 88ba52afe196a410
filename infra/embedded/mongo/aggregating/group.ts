import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { fieldNames } from '../bson/field-order.ts';
import { collatedKey } from '../matching/collation-scope.ts';
import { locationFailure } from '../errors.ts';
import { type Accumulation, readAccumulation } from './accumulation.ts';
import { type Evaluate, plainExpression } from './compile.ts';
import type { Variables } from './operator.ts';

interface Group {
  readonly id: unknown;
  readonly accumulations: readonly Accumulation[];
}
type GroupStage = (documents: Iterable<Document>) => Document[];

/** Groups by what `idOf` gives for a document, which counts as null when it is nothing. */
export const groupBy = (idOf: Evaluate, fields: Document, variables: Variables): GroupStage => {
  const names = fieldNames(fields);
  const makers = names.map((name) => readAccumulation(name, fields[name], variables));
  return (documents) => {
    const groups = new Map<string, Group>();
    for (const document of documents) {
      const id = idOf(document) ?? null;
      const key = collatedKey(id);
      let found = groups.get(key);
      if (!found) {
        const fields = isDocument(id) ? id : {};
        groups.set(key, (found = { id, accumulations: makers.map((make) => make(fields)) }));
      }
      for (const accumulation of found.accumulations) accumulation.add(document);
    }
    return [...groups.values()].map(({ id, accumulations }) => {
      const result: Document = { _id: id };
      for (const [at, name] of names.entries()) setOwn(result, name, accumulations[at]!.result());
      return result;
    });
  };
};

export const group = (specification: unknown, variables: Variables): GroupStage => {
  if (!isDocument(specification)) throw locationFailure(15947, "a group's fields must be specified in an object");
  if (!('_id' in specification)) throw locationFailure(15955, 'a group specification must include an _id');
  const { _id, ...fields } = specification;
  return groupBy(plainExpression(_id, variables), fields, variables);
};
