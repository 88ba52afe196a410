import { decodeDocument, type Document, encodeDocument } from '../bson/decode.ts';
import type { Variables } from '../aggregating/operator.ts';
import { compilePipeline } from '../aggregating/pipeline.ts';
import { toPlainDocument } from '../aggregating/plain.ts';
import { failure } from '../errors.ts';
import type { Update } from './update.ts';

const allowedStages = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** Only what makes one document of one. */
export const checkUpdateStages = (pipeline: readonly unknown[]): void => {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(Object(stage) as object);
    if (!allowedStages.has(name)) {
      throw failure('InvalidOptions', `${name} is not allowed to be used within an update`);
    }
  }
};

/** An update written as an aggregation pipeline. */
export const pipelineUpdate = (pipeline: readonly Document[], variables: Variables): Update => {
  checkUpdateStages(pipeline);
  const run = compilePipeline(pipeline, { variables, collection: () => [] });
  return (bytes) => {
    const before = decodeDocument(bytes);
    const [after] = run([toPlainDocument(before)]);
    const document = after ?? {};
    if (!('_id' in document) && '_id' in before) document._id = before._id;
    return encodeDocument(document);
  };
};
