import { compileExpression } from '../aggregating/expression.ts';
import { DecodedFields, type Document, getOwn, isDocument } from '../bson/decode.ts';
import { compileFilter } from '../matching/filter.ts';
import { isOperatorDocument, isRegex } from '../matching/shapes.ts';
import { typeName } from '../matching/types.ts';
import { schemaDetails } from './schema-details.ts';

/** What one operator says of a field that is not as it should be; and, within a denial, of one that is. */
const reasons: Readonly<Record<string, readonly [failed: string, succeeded: string]>> = {
  $type: ['type did not match', 'type did match'],
  $in: ['no matching value found in array', 'matching value found in array'],
  $exists: ['path does not exist', 'path does exist'],
  $regex: ['regular expression did not match', 'regular expression did match'],
  $mod: ['$mod did not evaluate to expected remainder', '$mod did evaluate to expected remainder'],
  $size: ['array length was not equal to given size', 'array length was equal to given size'],
  $all: ['array did not contain all specified values', 'array did contain all specified values'],
  $elemMatch: ['array did not satisfy the child predicate', 'array did satisfy the child predicate'],
};
const comparison = ['comparison failed', 'comparison succeeded'] as const;
const bits = ['bitwise operator failed to match', 'bitwise operator matched successfully'] as const;

const reasonOf = (operator: string, isDenied: boolean): string => {
  const pair = reasons[operator] ?? (operator.startsWith('$bits') ? bits : comparison);
  return pair[isDenied ? 1 : 0];
};

/** All that a path leads to, the elements of an array before the array. */
const valuesAt = (value: unknown, path: readonly string[]): unknown[] => {
  const [name, ...rest] = path;
  if (Array.isArray(value))
    return name === undefined ? [...value, value] : value.filter(isDocument).flatMap((inner) => valuesAt(inner, path));
  if (name === undefined) return value === undefined ? [] : [value];
  return isDocument(value) ? valuesAt(getOwn(value, name), rest) : [];
};

const consideredAt = (document: Document, path: string, operator: string): Document => {
  const all = valuesAt(document, path.split('.'));
  const values = ['$size', '$all', '$elemMatch'].includes(operator) ? all.filter(Array.isArray) : all;
  if (values.length === 0) return {};
  if (values.length > 1) return { consideredValues: values };
  return { consideredValue: values[0], ...(operator === '$type' && { consideredType: typeName(values[0]) }) };
};

/** One thing that the validator asks, by itself. */
interface Clause {
  readonly filter: Document;
  readonly describe: (document: Document, isDenied: boolean) => Document;
}

const denials: Readonly<Record<string, string>> = { $ne: '$eq', $nin: '$in' };

const ofOperator = (path: string, operator: string, specifiedAs: Document): Clause => ({
  filter: specifiedAs,
  describe: (document, isDenied) => {
    const positive = denials[operator] ?? operator;
    const isMissing = valuesAt(document, path.split('.')).length === 0 && operator !== '$exists';
    if (isMissing && !isDenied) return { operatorName: operator, specifiedAs, reason: 'field was missing' };
    const reason = reasonOf(positive, isDenied !== operator in denials);
    const considered = operator === '$exists' ? {} : consideredAt(document, path, positive);
    return { operatorName: operator, specifiedAs, reason, ...considered };
  },
});

const ofField = (path: string, condition: unknown): Clause[] => {
  if (!isOperatorDocument(condition))
    return [ofOperator(path, isRegex(condition) ? '$regex' : '$eq', { [path]: condition })];
  const { $options } = condition;
  return Object.entries(condition)
    .filter(([operator]) => operator !== '$options')
    .map(([operator, operand]) => {
      const own = {
        [operator]: operand as unknown,
        ...(operator === '$regex' && '$options' in condition && { $options }),
      };
      if (operator !== '$not') return ofOperator(path, operator, { [path]: own });
      return {
        filter: { [path]: own },
        describe: (document, isDenied) => ({
          operatorName: '$not',
          details: validationDetails({ [path]: operand as unknown }, document, !isDenied),
        }),
      };
    });
};

/** The clauses that are to blame, each with its place. */
const blamed = (filters: readonly Document[], document: Document, isDenied: boolean): Document => {
  const fields = new DecodedFields(document);
  const parts = filters.flatMap((filter, index) =>
    compileFilter(filter)(fields) === isDenied
      ? [{ index, details: validationDetails(filter, document, isDenied) }]
      : [],
  );
  return { [isDenied ? 'clausesSatisfied' : 'clausesNotSatisfied']: parts };
};

const ofLogic = (operator: string, operand: unknown): Clause => {
  const filter = { [operator]: operand };
  const describe = (document: Document, isDenied: boolean): Document => {
    if (Array.isArray(operand))
      return { operatorName: operator, ...blamed(operand as Document[], document, isDenied !== (operator === '$nor')) };
    if (operator === '$expr') {
      const expressionResult = compileExpression(operand)(document) ?? null;
      const reason = `expression did ${isDenied ? '' : 'not '}match`;
      return { operatorName: operator, specifiedAs: filter, reason, expressionResult };
    }
    if (operator !== '$jsonSchema') return { operatorName: operator, specifiedAs: filter };
    if (isDenied) return { operatorName: operator, specifiedAs: filter, reason: 'schema matched' };
    const { title } = operand as Document;
    return {
      operatorName: operator,
      ...(title !== undefined && { title: title as unknown }),
      schemaRulesNotSatisfied: schemaDetails(operand as Document, document),
    };
  };
  return { filter, describe };
};

const clausesOf = (validator: Document): Clause[] =>
  Object.entries(validator).flatMap(([name, condition]) =>
    name.startsWith('$') ? [ofLogic(name, condition)] : ofField(name, condition),
  );

/** Why a document is not as the validator says; or why it is, where it should not be. */
export const validationDetails = (validator: Document, document: Document, isDenied = false): Document => {
  const clauses = clausesOf(validator);
  if (clauses.length === 1) return clauses[0]!.describe(document, isDenied);
  const fields = new DecodedFields(document);
  const parts = clauses.flatMap(({ filter, describe }, index) =>
    compileFilter(filter)(fields) === isDenied ? [{ index, details: describe(document, isDenied) }] : [],
  );
  return { operatorName: '$and', [isDenied ? 'clausesSatisfied' : 'clausesNotSatisfied']: parts };
};
