import { decodeDocument, type Document, encodeDocument, isDocument, setOwn } from '../bson/decode.ts';
import type { Variables } from '../aggregating/context.ts';
import { compilePipeline } from '../aggregating/pipeline.ts';
import { fromPlainDocument, toPlainDocument } from '../aggregating/plain.ts';
import { orderKey, rank, rankOf } from '../bson/order.ts';
import { failure } from '../errors.ts';
import type { Update } from './update.ts';

const allowedStages = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/** Numbers that came through unchanged get the type back that they had. */
const restoreTypes = (after: unknown, before: unknown): unknown => {
  if (Array.isArray(after) && Array.isArray(before)) return after.map((value, at) => restoreTypes(value, before[at]));
  if (isDocument(after) && isDocument(before)) {
    const restored: Document = {};
    for (const [name, value] of Object.entries(after)) setOwn(restored, name, restoreTypes(value, before[name]));
    return restored;
  }
  const isSameNumber = rankOf(after) === rank.number && orderKey(after) === orderKey(before);
  return isSameNumber ? before : after;
};

/** An update written as an aggregation pipeline. */
export const pipelineUpdate = (pipeline: readonly Document[], variables: Variables): Update => {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (!allowedStages.has(name)) {
      throw failure('InvalidOptions', `${name} is not allowed to be used within an update`);
    }
  }
  const run = compilePipeline(pipeline, { variables, collection: () => [] });
  return (bytes) => {
    const before = decodeDocument(bytes);
    const [after] = run([toPlainDocument(before)]);
    const document = fromPlainDocument(after ?? {});
    if (!('_id' in document) && '_id' in before) document._id = before._id;
    return encodeDocument(restoreTypes(document, before) as Document);
  };
};
