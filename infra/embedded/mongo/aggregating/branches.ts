import { type Document, documentOf, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { failure, locationFailure } from '../errors.ts';
import { unknownField, wrongType } from '../field-faults.ts';
import { typeName } from '../matching/types.ts';
import { checkName } from './compile.ts';
import { checkKnown } from './operator.ts';
import { bringsDocuments, compilePipeline, type Scope, type StageCompiler } from './pipeline.ts';

/** Stages that have pipelines of their own, and what must not be in those. */

const output = ['$out', '$merge'];

const forbidden = {
  $facet: {
    code: 40600,
    names: [
      ...['$facet', '$collStats', '$indexStats', '$geoNear', '$changeStream', '$documents', '$currentOp'],
      ...['$listLocalSessions', ...output],
    ],
  },
  $lookup: { code: 51047, names: [...output, '$changeStream'] },
  $unionWith: { code: 31441, names: [...output, '$changeStream'] },
};

export const checkBranch = (name: string, within: Scope['within']): void => {
  if (within === undefined || !forbidden[within].names.includes(name)) return;
  const where = within === '$facet' ? 'a $facet stage' : `a ${within}'s sub-pipeline`;
  throw locationFailure(forbidden[within].code, `${name} is not allowed to be used within ${where}`);
};

const checkStages = (name: string, stages: unknown): void => {
  if (!Array.isArray(stages))
    throw locationFailure(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(stages)}`);
  const wrong: unknown = stages.find((stage) => !isDocument(stage));
  if (wrong !== undefined)
    throw locationFailure(
      40171,
      `elements of arrays in $facet spec must be non-empty objects, ${name} argument contained an element of type ${typeName(wrong)}`,
    );
};

export const facet: StageCompiler = (specification, scope) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0)
    throw locationFailure(40169, 'the $facet specification must be a non-empty object');
  const pipelines = fieldEntries(specification).map(([name, stages]) => {
    checkName(name);
    checkStages(name, stages);
    return [name, compilePipeline(stages, { ...scope, within: '$facet' })] as const;
  });
  return (documents) => {
    const all = [...documents];
    return [documentOf(pipelines.map(([name, run]) => [name, [...run(all)]]))];
  };
};

const readUnion = (specification: unknown): Document => {
  if (typeof specification === 'string') return { coll: specification };
  if (isDocument(specification)) return specification;
  throw failure(
    'FailedToParse',
    `the $unionWith stage specification must be an object or string, but found ${typeName(specification)}`,
  );
};

export const unionWith: StageCompiler = (specification, scope) => {
  const named = readUnion(specification);
  checkKnown(named, ['coll', 'pipeline'], (name) => unknownField(`$unionWith.${name}`));
  const { coll, pipeline = [] } = named;
  if (coll === undefined && !bringsDocuments(pipeline))
    throw failure(
      'FailedToParse',
      '$unionWith stage without explicit collection must have a pipeline with $documents as first stage',
    );
  if (coll !== undefined && typeof coll !== 'string') throw wrongType('$unionWith.coll', coll, "type 'string'");
  if (coll === '') throw failure('InvalidNamespace', "Invalid namespace specified for $unionWith: ''");
  const run = compilePipeline(pipeline, { ...scope, within: '$unionWith' });
  return function* (documents) {
    yield* documents;
    yield* run(coll === undefined ? [] : scope.collection(coll));
  };
};
