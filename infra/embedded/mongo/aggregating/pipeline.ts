import { DecodedFields, type Document, isDocument } from '../bson/decode.ts';
import { failure, inContext, locationFailure } from '../errors.ts';
import { missingField, unknownField } from '../field-faults.ts';
import { compileFilter } from '../matching/filter.ts';
import { compileProjectStage } from '../querying/projection.ts';
import { parseSort, sortBy } from '../querying/sort.ts';
import { count, limit, sample, skip } from './amounts.ts';
import { plainExpression } from './compile.ts';
import { bucket } from './bucket.ts';
import { bucketAuto } from './bucket-auto.ts';
import { checkBranch, facet, unionWith } from './branches.ts';
import { densify } from './densify.ts';
import { fill } from './fill.ts';
import { group } from './group.ts';
import { graphLookup, lookup } from './lookup.ts';
import { checkKnown, type Variables } from './operator.ts';
import { redaction } from './redact.ts';
import { toPlain } from './plain.ts';
import { addFields, unwind } from './reshape.ts';
import { setWindowFields } from './windows.ts';

/** Where a pipeline runs: the other collections of its database, and the variables of the pipeline around it. */
export interface Scope {
  readonly variables: Variables;
  /** All documents of a collection, as plain values. */
  readonly collection: (name: string) => readonly Document[];
  /** The stage that the pipeline is a part of, if it is one. */
  readonly within?: '$lookup' | '$unionWith' | '$facet';
}

export type Stage = (documents: Iterable<Document>) => Iterable<Document>;
export type StageCompiler = (specification: unknown, scope: Scope) => Stage;

const each = (change: (document: Document) => Document): Stage =>
  function* (documents) {
    for (const document of documents) yield change(document);
  };

const specificationOf = (specification: unknown, name: string, code = 9): Document => {
  if (isDocument(specification)) return specification;
  throw locationFailure(code, `the ${name} specification must be an object`);
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

const project: StageCompiler = (specification, { variables }) => {
  const fields = specificationOf(specification, '$project', 15969);
  return inContext('Invalid $project', () => {
    if (Object.keys(fields).length === 0)
      throw locationFailure(51272, 'projection specification must have at least one field');
    return each(compileProjectStage(fields, (expression) => plainExpression(expression, variables)));
  });
};

const set =
  (name: string): StageCompiler =>
  (specification, { variables }) =>
    inContext(`Invalid ${name}`, () => each(addFields(specification, variables)));

const unset: StageCompiler = (specification, scope) => {
  if (typeof specification !== 'string' && !Array.isArray(specification))
    throw locationFailure(31002, '$unset specification must be a string or an array');
  const paths: readonly unknown[] = Array.isArray(specification) ? specification : [specification];
  if (paths.length === 0)
    throw locationFailure(31119, '$unset specification must be a string or an array with at least one field');
  if (paths.some((path) => typeof path !== 'string'))
    throw locationFailure(31120, '$unset specification must be a string or an array containing only string values');
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

/** Whether a pipeline needs no collection to run on. */
export const bringsDocuments = (pipeline: unknown): boolean => {
  const [first] = Array.isArray(pipeline) ? (pipeline as unknown[]) : [];
  return isDocument(first) && '$documents' in first;
};

const sortByCount: StageCompiler = (specification, scope) => {
  if (typeof specification !== 'string' && !isDocument(specification))
    throw locationFailure(40149, 'the sortByCount field must be specified as a string or as an object');
  const start = typeof specification === 'string' ? specification : (Object.keys(specification)[0] ?? '');
  if (!start.startsWith('$'))
    throw locationFailure(
      typeof specification === 'string' ? 40148 : 40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  return compilePipeline([{ $group: { _id: specification, count: { $sum: 1 } } }, { $sort: { count: -1 } }], scope);
};

/** The documents are said in the stage itself. */
const documents: StageCompiler = (specification, { variables }) => {
  const said = plainExpression(specification, variables)({});
  if (!Array.isArray(said) || !said.every(isDocument)) {
    throw locationFailure(5858203, 'an array of documents is expected in $documents');
  }
  return () => said;
};

const stages: Readonly<Record<string, StageCompiler>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $project: project,
  $addFields: set('$addFields'),
  $set: set('$set'),
  $unset: unset,
  $replaceRoot: (specification, scope) => {
    const known = specificationOf(specification, '$replaceRoot', 40229);
    checkKnown(known, ['newRoot'], (name) => unknownField(`$replaceRoot.${name}`));
    if (!('newRoot' in known)) throw missingField('$replaceRoot.newRoot');
    return replaceRoot(known.newRoot, scope);
  },
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

/** Stages that the server has, and that say here that they are lacking. */
const lacking = [
  ...['$geoNear', '$search', '$searchMeta', '$vectorSearch', '$listSearchIndexes', '$changeStreamSplitLargeEvent'],
  ...['$planCacheStats', '$listSessions', '$listSampledQueries', '$queryStats', '$querySettings'],
  '$shardedDataDistribution',
];

const compileStage = (stage: unknown, scope: Scope): Stage => {
  if (!isDocument(stage)) throw failure('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const entries = Object.entries(stage);
  if (entries.length !== 1) {
    throw locationFailure(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  const [name, specification] = entries[0]!;
  checkBranch(name, scope.within);
  if (Object.hasOwn(stages, name)) return stages[name]!(specification, scope);
  if (Object.hasOwn(refusals, name)) throw refusals[name]!();
  if (lacking.includes(name)) throw failure('NotImplemented', `${name} is not supported by this server`);
  throw locationFailure(40324, `Unrecognized pipeline stage name: '${name}'`);
};

const first = ['$documents', '$collStats', '$indexStats', '$currentOp', '$listLocalSessions'];

/** Refuses what only a pipeline can begin with. */
export const checkOrder = (pipeline: readonly unknown[]): void => {
  const names = pipeline.slice(1).flatMap((stage) => Object.keys(isDocument(stage) ? stage : {}));
  const late = names.find((name) => first.includes(name));
  if (late !== undefined) throw locationFailure(40602, `${late} is only valid as the first stage in a pipeline.`);
};

/** Compiles the stages; nothing runs before the result is read. */
export const compilePipeline = (pipeline: unknown, scope: Scope): Stage => {
  if (!Array.isArray(pipeline)) throw failure('TypeMismatch', "'pipeline' option must be specified as an array");
  checkOrder(pipeline);
  const compiled = pipeline.map((stage) => compileStage(stage, scope));
  return (documents) => compiled.reduce((result, stage) => stage(result), documents);
};
