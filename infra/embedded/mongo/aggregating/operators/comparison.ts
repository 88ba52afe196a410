import { isFixed } from '../constants.ts';
import { collatedOrder } from '../../matching/collation-scope.ts';
import { locationFailure } from '../../errors.ts';
import { isTruthy } from '../../numbers.ts';
import { type Document, isDocument } from '../../bson/decode.ts';
import { typeName } from '../../matching/types.ts';
import {
  checkCount,
  checkKnown,
  isNothing,
  onPair,
  onValue,
  type Compile,
  type Computation,
  type Operator,
} from '../operator.ts';

const comparing = (accepts: (order: number) => boolean): Operator =>
  onPair((left, right) => accepts(collatedOrder(left, right)));

/** Stops at the first argument that decides. */
const deciding =
  (decisive: boolean): Operator =>
  (operand, compile) => {
    const list = (Array.isArray(operand) ? operand : [operand]).map((argument) => compile(argument));
    return (frame) => list.some((compute) => isTruthy(compute(frame)) === decisive) === decisive;
  };

const choice = ([test, yes, no]: readonly unknown[], compile: Compile): Computation => {
  const [isChosen, then, otherwise] = [compile(test), compile(yes), compile(no)];
  return (frame) => (isTruthy(isChosen(frame)) ? then(frame) : otherwise(frame));
};

/** `{ $cond: [if, then, else] }`, or with the three by name. */
const condition: Operator = (operand, compile, name) => {
  if (!isDocument(operand)) {
    const list = Array.isArray(operand) ? operand : [operand];
    checkCount(name, [3, 3], list.length);
    return choice(list, compile);
  }
  const names = ['if', 'then', 'else'];
  checkKnown(operand, names, (unknown) => locationFailure(17083, `Unrecognized parameter to $cond: ${unknown}`));
  for (const [at, key] of names.entries()) {
    if (!(key in operand)) throw locationFailure(17080 + at, `Missing '${key}' parameter to $cond`);
  }
  return choice([operand.if, operand.then, operand.else], compile);
};

const branchOf = (branch: unknown, compile: Compile): { isTaken: Computation; then: Computation } => {
  if (!isDocument(branch)) {
    throw locationFailure(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  }
  checkKnown(branch, ['case', 'then'], (name) =>
    locationFailure(40063, `$switch found an unknown argument to a branch: ${name}`),
  );
  if (!('case' in branch)) throw locationFailure(40064, "$switch requires each branch have a 'case' expression");
  if (!('then' in branch)) throw locationFailure(40065, "$switch requires each branch have a 'then' expression.");
  return { isTaken: compile(branch.case), then: compile(branch.then) };
};

const choose: Operator = (operand, compile) => {
  if (!isDocument(operand)) {
    throw locationFailure(40060, `$switch requires an object as an argument, found: ${typeName(operand)}`);
  }
  checkKnown(operand, ['branches', 'default'], (name) =>
    locationFailure(40067, `$switch found an unknown argument: ${name}`),
  );
  const { branches = [] } = operand;
  if (!Array.isArray(branches)) throw locationFailure(40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) throw locationFailure(40068, '$switch requires at least one branch.');
  const compiled = branches.map((branch) => branchOf(branch, compile));
  const other = otherwise(operand, branches as Document[], compile);
  return (frame) => (compiled.find(({ isTaken }) => isTruthy(isTaken(frame)))?.then ?? other)(frame);
};

const otherwise = (operand: Document, branches: readonly Document[], compile: Compile): Computation => {
  if ('default' in operand) return compile(operand.default);
  const isHopeless = branches.every((branch) => isFixed(branch.case));
  return () => {
    throw isHopeless
      ? locationFailure(
          40069,
          'Cannot execute a switch statement where all the cases evaluate to false without a default.',
        )
      : locationFailure(40066, '$switch could not find a matching branch for an input, and no default was specified.');
  };
};

/** The last argument stands for when there is nothing before it. */
const firstSomething: Operator = (operand, compile, name) => {
  const list = (Array.isArray(operand) ? operand : [operand]).map((argument) => compile(argument));
  if (list.length < 2) throw locationFailure(1257300, `${name} needs at least two arguments, had: ${list.length}`);
  return (frame) => {
    let value: unknown;
    for (const compute of list) {
      value = compute(frame);
      if (!isNothing(value)) return value;
    }
    return value;
  };
};

export const comparisonOperators: Readonly<Record<string, Operator>> = {
  $eq: comparing((order) => order === 0),
  $ne: comparing((order) => order !== 0),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
  $cmp: onPair(collatedOrder),
  $and: deciding(false),
  $or: deciding(true),
  $not: onValue((value) => !isTruthy(value)),
  $cond: condition,
  $ifNull: firstSomething,
  $switch: choose,
};
