import { DecodedFields, type Document, isDocument } from '../bson/decode.ts';
import { failure, locationFailure } from '../errors.ts';
import { compileFilter } from '../matching/filter.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { compileProjectStage } from '../querying/projection.ts';
import { parseSort, sortBy } from '../querying/sort.ts';
import { shellText } from '../storage/shell-text.ts';
import { plainExpression } from './compile.ts';
import { bucket } from './bucket.ts';
import { bucketAuto } from './bucket-auto.ts';
import { densify } from './densify.ts';
import { fill } from './fill.ts';
import { group } from './group.ts';
import { graphLookup, lookup } from './lookup.ts';
import type { Variables } from './operator.ts';
import { redaction } from './redact.ts';
import { toPlain } from './plain.ts';
import { addFields, unwind } from './reshape.ts';
import { setWindowFields } from './windows.ts';

/** Where a pipeline runs: the other collections of its database, and the variables of the pipeline around it. */
export interface Scope {
  readonly variables: Variables;
  /** All documents of a collection, as plain values. */
  readonly collection: (name: string) => readonly Document[];
}

export type Stage = (documents: Iterable<Document>) => Iterable<Document>;
type StageCompiler = (specification: unknown, scope: Scope) => Stage;

const each = (change: (document: Document) => Document): Stage =>
  function* (documents) {
    for (const document of documents) yield change(document);
  };

const specificationOf = (specification: unknown, name: string): Document => {
  if (isDocument(specification)) return specification;
  throw failure('FailedToParse', `the ${name} specification must be an object`);
};

const match: StageCompiler = (specification, { variables }) => {
  if (!isDocument(specification)) {
    throw locationFailure(15959, 'the match filter must be an expression in an object');
  }
  const predicate = compileFilter(specification, variables);
  return function* (documents) {
    for (const document of documents) if (predicate(new DecodedFields(document))) yield document;
  };
};

const sort: StageCompiler = (specification) => {
  if (!isDocument(specification)) throw locationFailure(15973, 'the $sort key specification must be an object');
  const fields = parseSort(specification);
  if (fields.length === 0) throw locationFailure(15976, '$sort stage must have at least one sort key');
  return (documents) => sortBy([...documents], fields, (document) => new DecodedFields(document));
};

const wholeNumber = (specification: unknown, name: '$limit' | '$skip'): number => {
  const value = isNumber(specification) ? toNumber(specification) : Number.NaN;
  if (Number.isInteger(value) && value >= 0) return value;
  const expected = value < 0 ? 'a non-negative number' : Number.isNaN(value) ? 'a number' : 'an integer';
  throw locationFailure(
    name === '$limit' ? 5107201 : 5107200,
    `invalid argument to ${name} stage: Expected ${expected} in: ${name}: ${shellText(specification)}`,
  );
};

const limit: StageCompiler = (specification) => {
  const count = wholeNumber(specification, '$limit');
  if (count === 0) throw locationFailure(15958, 'the limit must be positive');
  return function* (documents) {
    let left = count;
    for (const document of documents) {
      yield document;
      if (--left === 0) return;
    }
  };
};

const skip: StageCompiler = (specification) => {
  const count = wholeNumber(specification, '$skip');
  return function* (documents) {
    let left = count;
    for (const document of documents) if (left-- <= 0) yield document;
  };
};

const project: StageCompiler = (specification, { variables }) => {
  const fields = specificationOf(specification, '$project');
  if (Object.keys(fields).length === 0)
    throw locationFailure(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  return each(compileProjectStage(fields, (expression) => plainExpression(expression, variables)));
};

const set: StageCompiler = (specification, { variables }) => each(addFields(specification, variables));

const unset: StageCompiler = (specification, scope) => {
  const paths = Array.isArray(specification) ? specification : [specification];
  return project(Object.fromEntries(paths.map((path) => [String(path), false])), scope);
};

const replaceRoot = (expression: unknown, { variables }: Scope): Stage => {
  const evaluate = plainExpression(expression, variables);
  return each((document) => {
    const root = evaluate(document);
    if (isDocument(root)) return root;
    throw locationFailure(40228, "'newRoot' expression must evaluate to an object");
  });
};

const count: StageCompiler = (specification) => {
  if (typeof specification !== 'string' || specification === '' || /^\$|\./.test(specification)) {
    throw locationFailure(40156, 'the count field must be a non-empty string without $ and .');
  }
  return (documents) => {
    let n = 0;
    for (const _ of documents) n++;
    return n > 0 ? [{ [specification]: n }] : [];
  };
};

const notInFacet = ['$facet', '$out', '$merge', '$collStats', '$indexStats', '$geoNear', '$changeStream'];

const checkInFacet = (stages: unknown): void => {
  const names = Array.isArray(stages) ? stages.flatMap((stage) => Object.keys(isDocument(stage) ? stage : {})) : [];
  const wrong = names.find((name) => notInFacet.includes(name));
  if (wrong !== undefined) throw locationFailure(40600, `${wrong} is not allowed to be used within a $facet stage`);
};

const facet: StageCompiler = (specification, scope) => {
  const pipelines = Object.entries(specificationOf(specification, '$facet')).map(([name, stages]) => {
    checkInFacet(stages);
    return [name, compilePipeline(stages, scope)] as const;
  });
  return (documents) => {
    const all = [...documents];
    return [Object.fromEntries(pipelines.map(([name, run]) => [name, [...run(all)]]))];
  };
};

const unionWith: StageCompiler = (specification, scope) => {
  const { coll, pipeline = [] } = isDocument(specification) ? specification : { coll: specification };
  const run = compilePipeline(pipeline, scope);
  return function* (documents) {
    yield* documents;
    yield* run(typeof coll === 'string' ? scope.collection(coll) : []);
  };
};

const sortByCount: StageCompiler = (specification, scope) =>
  compilePipeline([{ $group: { _id: specification, count: { $sum: 1 } } }, { $sort: { count: -1 } }], scope);

/** The documents are said in the stage itself. */
const documents: StageCompiler = (specification, { variables }) => {
  const said = plainExpression(specification, variables)({});
  if (!Array.isArray(said) || !said.every(isDocument)) {
    throw locationFailure(5858203, 'an array of documents is expected in $documents');
  }
  return () => said;
};

const sample: StageCompiler = (specification) => {
  const { size } = specificationOf(specification, '$sample');
  const wanted = isNumber(size) ? toNumber(size) : Number.NaN;
  if (Number.isNaN(wanted)) throw locationFailure(28746, 'size argument to $sample must be a number');
  if (wanted <= 0) throw locationFailure(28747, 'size argument to $sample must be a positive integer');
  return (all) => {
    const left = [...all];
    const taken: Document[] = [];
    while (taken.length < wanted && left.length > 0) {
      const at = Math.floor(Math.random() * left.length);
      taken.push(left[at]!);
      left[at] = left.at(-1)!;
      left.pop();
    }
    return taken;
  };
};

const stages: Readonly<Record<string, StageCompiler>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $project: project,
  $addFields: set,
  $set: set,
  $unset: unset,
  $replaceRoot: (specification, scope) => replaceRoot(specificationOf(specification, '$replaceRoot').newRoot, scope),
  $replaceWith: replaceRoot,
  $group: (specification, { variables }) => group(specification, variables),
  $bucket: (specification, { variables }) => bucket(specification, variables),
  $bucketAuto: (specification, { variables }) => bucketAuto(toPlain(specification), variables),
  $unwind: (specification) => {
    const unwinding = unwind(specification);
    return function* (documents) {
      for (const document of documents) yield* unwinding(document);
    };
  },
  $redact: (specification, { variables }) => {
    const redact = redaction(specification, variables);
    return function* (documents) {
      for (const document of documents) {
        const left = redact(document);
        if (left) yield left;
      }
    };
  },
  $fill: (specification, { variables }) => fill(toPlain(specification), variables),
  $densify: (specification) => densify(toPlain(specification)),
  $count: count,
  $sortByCount: sortByCount,
  $facet: facet,
  $unionWith: unionWith,
  $lookup: (specification, scope) => lookup(specificationOf(specification, '$lookup'), scope),
  $graphLookup: (specification, scope) => graphLookup(specificationOf(specification, '$graphLookup'), scope),
  $documents: documents,
  $sample: sample,
  $setWindowFields: (specification, { variables }) => setWindowFields(toPlain(specification), variables),
};

const refusals: Readonly<Record<string, () => Error>> = {
  $changeStream: () => locationFailure(40573, 'The $changeStream stage is only supported on replica sets'),
  $out: () => locationFailure(40601, '$out can only be the final stage in the pipeline'),
  $merge: () => locationFailure(40601, '$merge can only be the final stage in the pipeline'),
};

export const compileStage = (stage: unknown, scope: Scope): Stage => {
  const entries = isDocument(stage) ? Object.entries(stage) : [];
  if (entries.length !== 1) {
    throw locationFailure(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  const [name, specification] = entries[0]!;
  const compile = stages[name];
  if (compile) return compile(specification, scope);
  throw refusals[name]?.() ?? locationFailure(40324, `Unrecognized pipeline stage name: '${name}'`);
};

/** Compiles the stages; nothing runs before the result is read. */
export const compilePipeline = (pipeline: unknown, scope: Scope): Stage => {
  if (!Array.isArray(pipeline)) throw failure('TypeMismatch', "'pipeline' option must be specified as an array");
  const compiled = pipeline.map((stage) => compileStage(stage, scope));
  return (documents) => compiled.reduce((result, stage) => stage(result), documents);
};
