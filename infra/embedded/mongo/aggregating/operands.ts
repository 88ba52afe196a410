import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { locationFailure } from '../errors.ts';

/** How many arguments an operator takes, at least and at most. */
type Arity = readonly [least: number, most: number];

const taking = (arity: Arity, names: string): Record<string, Arity> =>
  Object.fromEntries(names.split(' ').map((name) => [`$${name}`, arity]));

const arities: Readonly<Record<string, Arity>> = {
  ...taking([1, 1], 'abs ceil floor exp ln log10 sqrt bitNot degreesToRadians radiansToDegrees'),
  ...taking([1, 1], 'sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid'),
  ...taking([1, 1], 'not size isArray first last reverseArray objectToArray arrayToObject'),
  ...taking([1, 1], 'allElementsTrue anyElementTrue toUpper toLower strLenCP strLenBytes binarySize bsonSize'),
  ...taking([1, 1], 'type isNumber toBool toDate toDecimal toDouble toInt toLong toObjectId toString toUUID'),
  ...taking([1, 1], 'year month dayOfMonth dayOfYear dayOfWeek hour minute second millisecond week'),
  ...taking([1, 1], 'isoWeek isoWeekYear isoDayOfWeek tsSecond tsIncrement'),
  ...taking([2, 2], 'eq ne gt gte lt lte cmp subtract divide mod pow log atan2 in arrayElemAt'),
  ...taking([2, 2], 'setDifference setIsSubset split strcasecmp'),
  ...taking([3, 3], 'substr substrBytes substrCP'),
  ...taking([1, 2], 'round trunc'),
  ...taking([2, 3], 'slice range'),
  ...taking([2, 4], 'indexOfArray indexOfBytes indexOfCP'),
  ...taking([2, Infinity], 'setEquals ifNull'),
  ...taking([0, Infinity], 'add multiply concat concatArrays and or setUnion setIntersection bitAnd bitOr bitXor'),
};

/** What also gathers groups looks into an array that is its only argument. */
const gathering = new Set(['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp', '$mergeObjects']);

/** An expression that is no list, so that a list is what it comes to and never its arguments. */
const single = (argument: unknown): unknown =>
  Array.isArray(argument) ? { $let: { vars: {}, in: argument } } : argument;

const checkCount = (operator: string, [least, most]: Arity, count: number): void => {
  if (count >= least && count <= most) return;
  if (least === most) {
    throw locationFailure(16020, `Expression ${operator} takes exactly ${least} arguments. ${count} were passed in.`);
  }
  throw locationFailure(
    28667,
    `Expression ${operator} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
  );
};

const argumentsOf = (operator: string, operand: unknown): unknown => {
  const list = Array.isArray(operand) ? operand.map(normalForm) : [normalForm(operand)];
  if (gathering.has(operator)) return list.length === 1 ? single(list[0]) : list;
  const arity = arities[operator];
  if (!arity) return Array.isArray(operand) ? list : list[0];
  checkCount(operator, arity, list.length);
  return arity[1] === 1 ? single(list[0]) : list;
};

/** `{ $cond: [if, then, else] }`, or with the three by name. */
const checkChoice = (operand: unknown): void => {
  if (Array.isArray(operand)) return checkCount('$cond', [3, 3], operand.length);
  for (const [at, name] of ['if', 'then', 'else'].entries()) {
    if (isDocument(operand) && !(name in operand))
      throw locationFailure(17080 + at, `Missing '${name}' parameter to $cond`);
  }
};

const dottedPath = /^\$[^.]+\./;

/**
 * The same expression in the form in which operators are computed here: those of one argument without a list around it,
 * those of several always with one, and dotted paths as an operator of their own. Refuses a wrong number of arguments.
 */
export const normalForm = (expression: unknown): unknown => {
  if (typeof expression === 'string') return dottedPath.test(expression) ? { $fieldPath: expression } : expression;
  if (Array.isArray(expression)) return expression.map(normalForm);
  if (!isDocument(expression)) return expression;
  const normal: Document = {};
  for (const [name, value] of Object.entries(expression)) {
    if (name === '$cond') checkChoice(value);
    setOwn(normal, name, name === '$literal' ? value : argumentsOf(name, value));
  }
  return normal;
};

/** What a path leads to: through every document of an array, and never through an array in an array. */
export const alongPath = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
  if (name === undefined) return value;
  if (isDocument(value)) return alongPath(Object.hasOwn(value, name) ? value[name] : undefined, rest);
  if (!Array.isArray(value)) return undefined;
  return value
    .filter(isDocument)
    .map((element) => alongPath(element, [name, ...rest]))
    .filter((found) => found !== undefined);
};
