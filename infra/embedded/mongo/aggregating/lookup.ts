import { Long } from 'bson';
import { type Document, isDocument } from '../bson/decode.ts';
import { collatedKey } from '../matching/collation-scope.ts';
import { failure, locationFailure } from '../errors.ts';
import { DecodedFields } from '../bson/decode.ts';
import { compileFilter } from '../matching/filter.ts';
import { isNumber, toNumber } from '../numbers.ts';
import { plainExpression } from './compile.ts';
import { foreignKeys, graphKeys, type JoinKeys, localKeys, localKeysBesidePipeline } from './join-keys.ts';
import { checkKnown, checkVariable } from './operator.ts';
import { bringsDocuments, compilePipeline, type Scope, type Stage } from './pipeline.ts';
import { fieldSetter } from './reshape.ts';

type StageName = '$lookup' | '$graphLookup';

const text = (specification: Document, name: string, stage: StageName): string => {
  const value = specification[name];
  if (typeof value === 'string') return value;
  const code = stage === '$graphLookup' && name !== 'from' ? 40103 : 9;
  throw locationFailure(code, `${stage} argument '${name}' must be a string`);
};

type Join = (document: Document) => readonly Document[];

const joining = (asked: JoinKeys, found: JoinKeys): ((foreign: readonly Document[]) => Join) => {
  return (foreign) => {
    const byKey = new Map<string, number[]>();
    foreign.forEach((document, at) => {
      for (const key of found(document)) {
        const places = byKey.get(key);
        if (places) places.push(at);
        else byKey.set(key, [at]);
      }
    });
    return (document) => {
      const places = new Set([...asked(document)].flatMap((key) => byKey.get(key) ?? []));
      return [...places].sort((left, right) => left - right).map((at) => foreign[at]!);
    };
  };
};

const variablesOf = (specification: Document, scope: Scope): ((document: Document) => Record<string, unknown>) => {
  const compiled = Object.entries((specification.let ?? {}) as Document).map(
    ([name, expression]) => [checkVariable(name), plainExpression(expression, scope.variables)] as const,
  );
  return (document) => Object.fromEntries(compiled.map(([name, evaluate]) => [name, evaluate(document)]));
};

const lookupArguments = ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'];

const checkLookup = (specification: Document): void => {
  checkKnown(specification, lookupArguments, (name) =>
    failure('FailedToParse', `unknown argument to $lookup: ${name}`),
  );
  const { from, localField, foreignField, pipeline } = specification;
  if (specification.let !== undefined && pipeline === undefined)
    throw failure('FailedToParse', "$lookup with a 'let' argument must also specify 'pipeline'");
  if (specification.let !== undefined && !isDocument(specification.let))
    throw failure('FailedToParse', "$lookup argument 'let' must be an object");
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw failure('FailedToParse', '$lookup requires both or neither of localField and foreignField to be specified');
  }
  if (localField === undefined && pipeline === undefined) {
    throw failure(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  if (from === undefined && !bringsDocuments(pipeline))
    throw failure('FailedToParse', "must specify 'from' field for a $lookup");
};

const joinOf = (specification: Document): ((foreign: readonly Document[]) => Join) => {
  if (specification.localField === undefined) return (foreign) => () => foreign;
  const asked = specification.pipeline === undefined ? localKeys : localKeysBesidePipeline;
  return joining(
    asked(text(specification, 'localField', '$lookup')),
    foreignKeys(text(specification, 'foreignField', '$lookup')),
  );
};

export const lookup = (specification: Document, scope: Scope): Stage => {
  const set = fieldSetter(text(specification, 'as', '$lookup'));
  checkLookup(specification);
  const { pipeline } = specification;
  const joinTo = joinOf(specification);
  const variables = variablesOf(specification, scope);
  const below = (document: Document): Scope => ({
    ...scope,
    within: '$lookup',
    variables: { ...scope.variables, ...variables(document) },
  });
  // Whatever is wrong with the pipeline is wrong without any document, too.
  if (pipeline !== undefined) compilePipeline(pipeline, below({}));
  return function* (documents) {
    const foreign = specification.from === undefined ? [] : scope.collection(text(specification, 'from', '$lookup'));
    const join = joinTo(foreign);
    for (const document of documents) {
      const joined = join(document);
      const found = pipeline === undefined ? joined : [...compilePipeline(pipeline, below(document))(joined)];
      yield set(document, found);
    }
  };
};

const required = ['from', 'startWith', 'connectFromField', 'connectToField', 'as'];
const graphLookupArguments = [...required, 'maxDepth', 'depthField', 'restrictSearchWithMatch'];

const deepestOf = (maxDepth: unknown): number => {
  if (maxDepth === undefined) return Number.POSITIVE_INFINITY;
  if (!isNumber(maxDepth)) throw locationFailure(40100, 'maxDepth requires a numeric argument');
  const deepest = toNumber(maxDepth);
  if (deepest < 0) throw locationFailure(40101, 'maxDepth requires a nonnegative argument');
  if (Number.isInteger(deepest)) return deepest;
  throw locationFailure(40102, 'maxDepth could not be represented as a long long integer');
};

/** Follows the connection from document to document, nearest first; each is found once. */
export const graphLookup = (specification: Document, scope: Scope): Stage => {
  checkKnown(specification, graphLookupArguments, (name) =>
    locationFailure(40104, `Unknown argument to $graphLookup: ${name}`),
  );
  if (required.some((name) => specification[name] === undefined))
    throw locationFailure(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  const field = (name: string): string => text(specification, name, '$graphLookup');
  const from = field('from');
  const set = fieldSetter(field('as'));
  const toKeys = graphKeys(field('connectToField'));
  const connectFrom = graphKeys(field('connectFromField'));
  const start = plainExpression(specification.startWith, scope.variables);
  const { maxDepth, depthField, restrictSearchWithMatch: restriction } = specification;
  const deepest = deepestOf(maxDepth);
  const setDepth = depthField === undefined ? null : fieldSetter(field('depthField'));
  if (restriction !== undefined && !isDocument(restriction))
    throw locationFailure(40185, '$graphLookup requires an object as restrictSearchWithMatch');
  const isAllowed = compileFilter(restriction ?? {}, scope.variables);
  return function* (documents) {
    const foreign = scope
      .collection(from)
      .filter((document) => isAllowed(new DecodedFields(document)))
      .map((document) => ({ document, keys: toKeys(document) }));
    for (const document of documents) {
      const found = new Map<Document, number>();
      const started = start(document);
      let frontier = new Set((Array.isArray(started) ? started : [started ?? null]).map(collatedKey));
      for (let depth = 0; depth <= deepest && frontier.size > 0; depth++) {
        const reached = foreign.filter(
          (other) => !found.has(other.document) && [...other.keys].some((key) => frontier.has(key)),
        );
        for (const other of reached) found.set(other.document, depth);
        frontier = new Set(reached.flatMap((other) => [...connectFrom(other.document)]));
      }
      yield set(
        document,
        [...found].map(([other, depth]) => setDepth?.(other, Long.fromNumber(depth)) ?? other),
      );
    }
  };
};
