import { checkOrder } from '../aggregating/pipeline.ts';
import { isDocument } from '../bson/decode.ts';
import type { Command } from '../command.ts';
import { failure, locationFailure } from '../errors.ts';
import { isNumber } from '../numbers.ts';

const collectionless = ['$documents', '$currentOp', '$listLocalSessions', '$changeStream'];

const checkCollectionless = ([first]: readonly unknown[]): void => {
  const [name = ''] = isDocument(first) ? Object.keys(first) : [];
  if (!collectionless.includes(name)) {
    throw failure('InvalidNamespace', `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  }
};

/** The stages of an `aggregate`, whether it is to run or to be explained. */
export const readPipeline = (command: Command): unknown[] => {
  const pipeline = command.get('pipeline');
  if (!Array.isArray(pipeline)) throw failure('TypeMismatch', "'pipeline' option must be specified as an array");
  if (!pipeline.every(isDocument))
    throw failure('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  if (pipeline.length > 1000) throw locationFailure(7749501, 'Pipeline length must be no longer than 1000 stages');
  checkOrder(pipeline);
  if (isNumber(command.get('aggregate'))) checkCollectionless(pipeline);
  else if (isDocument(pipeline[0]) && '$documents' in pipeline[0])
    throw failure('InvalidNamespace', '$documents can only be run with {aggregate: 1}');
  return pipeline;
};
