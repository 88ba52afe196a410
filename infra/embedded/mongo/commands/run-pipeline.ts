import { compilePipeline, type Scope } from '../aggregating/pipeline.ts';
import { toPlainDocument } from '../aggregating/plain.ts';
import type { Variables } from '../aggregating/operator.ts';
import { type Document, decodeDocument, encodeDocument } from '../bson/decode.ts';
import { failure, inContext } from '../errors.ts';
import { find, listedResults, type Results } from '../querying/results.ts';
import { splitPipeline } from '../querying/split-pipeline.ts';
import type { Databases } from '../storage/databases.ts';
import type { Compare } from '../matching/collation.ts';
import { currentCollation } from '../matching/collation-scope.ts';
import type { Namespace } from '../writing/apply.ts';

/** Where a pipeline runs, and what is said beside it. */
export interface Surroundings {
  readonly databases: Databases;
  readonly variables: Variables;
  readonly hint?: unknown;
  readonly compare?: Compare | undefined;
}

export function* read(results: Results): Generator<Buffer> {
  for (let bytes = results.next(); bytes; bytes = results.next()) yield bytes;
}

export const computed = (documents: Iterable<Document>): Results =>
  listedResults(
    inContext('PlanExecutor error during aggregation', () =>
      [...documents].map((document) => encodeDocument(document)),
    ),
  );

const deepest = 20;

/** A view is what its pipeline makes of what it is on, which may be a view again. */
export const resolveView = (
  databases: Databases,
  { database, collection }: Namespace,
  stages: readonly unknown[],
): { readonly name: string; readonly stages: readonly unknown[] } => {
  let name = collection;
  let all = stages;
  for (let depth = 0, view = databases.view(database, name); view; view = databases.view(database, name), depth++) {
    if (currentCollation()) throw failure('OptionNotSupportedOnView', "Cannot override a view's default collation");
    if (depth === deepest)
      throw failure('ViewDepthLimitExceeded', `View depth too deep or view cycle detected: ${name}`);
    name = view.on;
    all = [...view.pipeline, ...all];
  }
  return { name, stages: all };
};

/** The documents of other collections, each read once. */
const scopeOf = (database: string, { databases, variables }: Surroundings): Scope => {
  const known = new Map<string, readonly Document[]>();
  const collection = (name: string): readonly Document[] => {
    let documents = known.get(name);
    if (!documents) {
      const results = runPipeline({ database, collection: name }, [], { databases, variables });
      known.set(name, (documents = [...read(results)].map((bytes) => toPlainDocument(decodeDocument(bytes)))));
    }
    return documents;
  };
  return { variables, collection };
};

/** The documents of a whole pipeline; with only find-like stages they are passed on as they are stored. */
export const runPipeline = (at: Namespace, pipeline: readonly unknown[], surroundings: Surroundings): Results => {
  const { databases, variables, hint, compare } = surroundings;
  const { name, stages } = resolveView(databases, at, pipeline);
  const { request, rest } = splitPipeline(stages, { hint, variables, compare });
  const run = compilePipeline(rest, scopeOf(at.database, surroundings));
  const found = find(databases.find(at.database, name), request);
  if (rest.length === 0) return found;
  const plain = function* (): Generator<Document> {
    for (const bytes of read(found)) yield toPlainDocument(decodeDocument(bytes));
  };
  return computed(run(plain()));
};

/** A pipeline that begins with documents of its own. */
export const runOn = (
  documents: readonly Document[],
  stages: readonly unknown[],
  at: { readonly database: string; readonly surroundings: Surroundings },
): Results => {
  return computed(compilePipeline(stages, scopeOf(at.database, at.surroundings))(documents.map(toPlainDocument)));
};
