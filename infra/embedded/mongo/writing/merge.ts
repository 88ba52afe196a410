import { compilePipeline } from '../aggregating/pipeline.ts';
import { toPlainDocument } from '../aggregating/plain.ts';
import { checkVariable, type Variables } from '../aggregating/operator.ts';
import { plainExpression } from '../aggregating/compile.ts';
import { mergeFields } from '../aggregating/operators/objects.ts';
import { decodeDocument, type Document, encodeDocument, isDocument } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { failure, locationFailure } from '../errors.ts';
import { allMatches } from '../querying/candidates.ts';
import type { Collection } from '../storage/collection.ts';
import { checkUpdateStages } from '../updating/pipeline-update.ts';
import { idElement, idOf, withId } from '../storage/document-shape.ts';
import type { StoredDocument } from '../storage/stored-document.ts';
import { valueAt } from '../matching/field-path.ts';

type WhenMatched = (before: Buffer, bytes: Buffer) => Buffer;

const duplicate = (): never => {
  throw failure('DuplicateKey', '$merge failed because a document with the same _id exists');
};

const named: Readonly<Record<string, WhenMatched>> = {
  replace: (_before, bytes) => bytes,
  merge: (before, bytes) => {
    const merged = decodeDocument(before);
    mergeFields(merged, decodeDocument(bytes));
    return encodeDocument(merged);
  },
  keepExisting: (before) => before,
  fail: duplicate,
};

/** The pipeline runs on what is there, and knows what comes as `$$new`, or what `let` makes of it. */
const byPipeline = (pipeline: readonly unknown[], given: unknown, variables: Variables): WhenMatched => {
  checkUpdateStages(pipeline);
  if (isDocument(given) && 'new' in given && given.new !== '$$ROOT')
    throw locationFailure(51273, "'new' is a reserved variable name");
  const expressions = Object.entries(isDocument(given) ? given : { new: '$$ROOT' }).map(
    ([name, expression]) => [checkVariable(name), plainExpression(expression, variables)] as const,
  );
  return (before, bytes) => {
    const next = toPlainDocument(decodeDocument(bytes));
    const own = Object.fromEntries(expressions.map(([name, evaluate]) => [name, evaluate(next) ?? null]));
    const run = compilePipeline(pipeline, { variables: { ...variables, ...own }, collection: () => [] });
    const [after] = run([toPlainDocument(decodeDocument(before))]);
    return encodeDocument(after ?? {});
  };
};

const whenMatched = (matched: unknown, given: unknown, variables: Variables): WhenMatched => {
  if (Array.isArray(matched)) return byPipeline(matched, given, variables);
  if (given !== undefined)
    throw locationFailure(51199, "Cannot use 'let' variables with 'whenMatched: " + String(matched) + "' mode");
  if (typeof matched !== 'string')
    throw locationFailure(51191, `$merge 'whenMatched' field  must be either a string or an array`);
  if (Object.hasOwn(named, matched)) return named[matched]!;
  throw failure('BadValue', `Enumeration value '${matched}' for field 'whenMatched' is not a valid value.`);
};

const fieldsOf = (on: unknown): string[] => {
  if (typeof on === 'string') return [on];
  if (!Array.isArray(on))
    throw locationFailure(51186, "$merge 'on' field  must be either a string or an array of strings");
  if (on.length === 0)
    throw locationFailure(51187, "If explicitly specifying $merge 'on', must include at least one field");
  if (!on.every((field) => typeof field === 'string'))
    throw locationFailure(51134, "$merge 'on' array elements must be strings");
  if (new Set(on).size < on.length) throw locationFailure(31465, "Found a duplicate field in $merge 'on'");
  return on;
};

/** Only what changes what is there may leave out what is not. */
const checkModes = (matched: unknown, notMatched: unknown): void => {
  const changesNothing = matched === 'fail' || matched === 'keepExisting';
  if (!changesNothing || notMatched === 'insert') return;
  throw locationFailure(
    51181,
    `Combination of $merge modes 'whenMatched: ${matched}' and 'whenNotMatched: ${String(notMatched)}' is not supported`,
  );
};

/** Only what is unique tells which document is meant. */
const checkUnique = (collection: Collection, on: readonly string[]): void => {
  if (orderKey(on) === orderKey(['_id'])) return;
  const wanted = orderKey(on.toSorted());
  const isFound = collection.indexes.some(
    ({ definition: { unique, fields, partialFilter, collation } }) =>
      unique && partialFilter === null && !collation && orderKey(fields.map(({ path }) => path).sort()) === wanted,
  );
  if (!isFound) throw locationFailure(51183, 'Cannot find index to verify that join fields will be unique');
};

const partner = (collection: Collection, bytes: Buffer, on: readonly string[]): StoredDocument | undefined => {
  if (on.length === 1 && on[0] === '_id') return collection.byIdKey(collection.idKeyOf(bytes));
  const document = decodeDocument(bytes);
  const filter = Object.fromEntries(
    on.map((path) => {
      const value = valueAt(document, path.split('.'));
      if (value !== undefined && value !== null && !Array.isArray(value)) return [path, { $eq: value }];
      throw locationFailure(51132, "$merge write error: 'on' field cannot be missing, null, undefined or an array");
    }),
  );
  return allMatches(collection, { filter, sort: [], hint: undefined })[0];
};

const unmatched = (whenNotMatched: unknown): 'insert' | 'discard' | 'fail' => {
  if (whenNotMatched === 'insert' || whenNotMatched === 'discard' || whenNotMatched === 'fail') return whenNotMatched;
  throw failure(
    'BadValue',
    `Enumeration value '${String(whenNotMatched)}' for field 'whenNotMatched' is not a valid value.`,
  );
};

interface Merging {
  readonly documents: readonly Buffer[];
  readonly specification: Document;
  readonly variables: Variables;
  readonly skipsValidation: boolean;
}

const changed = (existing: StoredDocument, document: Buffer, change: WhenMatched): Buffer => {
  const before = existing.bytes!;
  const next = withId(change(before, document), idElement(before));
  if (orderKey(idOf(next)) === orderKey(idOf(before))) return next;
  throw failure(
    'ImmutableField',
    '$merge failed to update the matching document, did you attempt to modify the _id or the shard key?',
  );
};

/** `$merge`: document after document goes into what is there already. */
export const mergeInto = (collection: Collection, merging: Merging): void => {
  const { whenMatched: matched = 'merge', whenNotMatched = 'insert', on = '_id', let: given } = merging.specification;
  const change = whenMatched(matched, given, merging.variables);
  const missing = unmatched(whenNotMatched);
  checkModes(matched, whenNotMatched);
  const fields = fieldsOf(on);
  checkUnique(collection, fields);
  const put = (bytes: Buffer, existing?: StoredDocument): void => {
    if (!merging.skipsValidation) collection.check(bytes, existing?.bytes);
    if (existing) collection.replace(existing, bytes);
    else collection.insert(bytes);
  };
  for (const source of merging.documents) {
    const document = fields.includes('_id') ? withId(source) : source;
    const existing = partner(collection, document, fields);
    if (existing) put(changed(existing, document, change), existing);
    else if (missing === 'insert') put(withId(document));
    else if (missing === 'fail') throw unpaired();
  }
};

const unpaired = (): Error =>
  failure(
    'MergeStageNoMatchingDocument',
    '$merge could not find a matching document in the target collection for at least one document in the source collection',
  );
