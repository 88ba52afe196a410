import { type Document, documentOf, isDocument } from '../bson/decode.ts';
import { fieldEntries } from '../bson/field-order.ts';
import { failure, locationFailure } from '../errors.ts';
import { plainExpression } from './compile.ts';
import { checkNames, isNothing, type Variables } from './operator.ts';
import { fieldSetter } from './reshape.ts';
import { setWindowFields } from './windows.ts';

type Run = (documents: Iterable<Document>) => Iterable<Document>;

const methods: Readonly<Record<string, string>> = { locf: '$locf', linear: '$linearFill' };

const callOf = (path: string, method: unknown): Document => {
  const name = typeof method === 'string' && Object.hasOwn(methods, method) ? methods[method]! : null;
  if (name) return { [name]: `$${path}` };
  throw locationFailure(6050202, 'Method must be either locf or linear');
};

const fillingIn = (path: string, value: unknown, variables: Variables): ((document: Document) => Document) => {
  const [read, compute, set] = [plainExpression(`$${path}`), plainExpression(value, variables), fieldSetter(path)];
  return (document) => (isNothing(read(document)) ? set(document, compute(document) ?? null) : document);
};

const partitionOf = ({ partitionBy, partitionByFields }: Document): unknown => {
  if (partitionByFields === undefined) return partitionBy ?? null;
  if (partitionBy !== undefined || !Array.isArray(partitionByFields)) {
    throw locationFailure(6050204, 'Maximum one of partitionBy and partitionByFields can be specified in $fill');
  }
  return Object.fromEntries(partitionByFields.map((path, at) => [String(at), `$${String(path)}`]));
};

/** `$fill`: gives values to fields that have none, each by itself or from what stands around it. */
export const fill = (specification: unknown, variables: Variables): Run => {
  const names = {
    required: ['output'],
    optional: ['partitionBy', 'partitionByFields', 'sortBy'],
    faults: { unknown: 40415, missing: { output: 40414 } },
  };
  const options = checkNames(specification, names, '$fill');
  if (!isDocument(options.output)) throw failure('FailedToParse', "'output' of $fill must be an object");
  const calls: [string, unknown][] = [];
  const fillers: ((document: Document) => Document)[] = [];
  for (const [path, how] of fieldEntries(options.output)) {
    const { value, method } = checkNames(how, { required: [], optional: ['value', 'method'] }, `$fill ${path}`);
    if ((value === undefined) === (method === undefined))
      throw locationFailure(6050203, 'Each fill output must have exactly one of value and method');
    if (method === undefined) fillers.push(fillingIn(path, value, variables));
    else calls.push([path, callOf(path, method)]);
  }
  const { sortBy } = options;
  const window = {
    partitionBy: partitionOf(options),
    output: documentOf(calls),
    ...(sortBy !== undefined && { sortBy }),
  };
  const around: Run = calls.length > 0 ? setWindowFields(window, variables) : (documents) => documents;
  return function* (documents) {
    for (const document of around(documents)) yield fillers.reduce((result, change) => change(result), document);
  };
};
