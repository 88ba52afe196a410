import { type Document, isDocument, setOwn } from '../bson/decode.ts';
import { orderKey } from '../bson/order.ts';
import { locationFailure } from '../errors.ts';
import { typeName } from '../matching/types.ts';
import { evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import { ExactSum, extreme, Spread } from './accumulate.ts';
import { topAccumulation } from './top.ts';
import { context, type Evaluate, plainExpression, readExpression, type Variables } from './context.ts';
import { refusing } from './refusals.ts';

/** Takes in one document after the other; what it has become is asked for at the end. */
interface Accumulation {
  add(document: Document): void;
  result(): unknown;
}
type NewAccumulation = () => Accumulation;

const summing =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    const sum = new ExactSum();
    return { add: (document) => sum.add(evaluate(document)), result: () => sum.total };
  };

const averaging =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    const sum = new ExactSum();
    return { add: (document) => sum.add(evaluate(document)), result: () => sum.average };
  };

const spreading =
  (kind: 'all' | 'sample') =>
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    const spread = new Spread();
    return { add: (document) => spread.add(evaluate(document)), result: () => spread.of(kind) };
  };

const choosing =
  (sign: 1 | -1) =>
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    let best: unknown = null;
    return {
      add: (document) => {
        best = extreme([best, evaluate(document)], sign);
      },
      result: () => best,
    };
  };

const first =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    let taken: { value: unknown } | null = null;
    return {
      add: (document) => {
        taken ??= { value: evaluate(document) ?? null };
      },
      result: () => taken?.value ?? null,
    };
  };

const last =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    let value: unknown = null;
    return {
      add: (document) => {
        value = evaluate(document) ?? null;
      },
      result: () => value,
    };
  };

const listing =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    const values: unknown[] = [];
    return {
      add: (document) => {
        const value = evaluate(document);
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  };

const collecting =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    const values = new Map<string, unknown>();
    return {
      add: (document) => {
        const value = evaluate(document);
        if (value !== undefined) values.set(orderKey(value), value);
      },
      result: () => [...values.values()],
    };
  };

const merging =
  (evaluate: Evaluate): NewAccumulation =>
  () => {
    const merged: Document = {};
    return {
      add: (document) => {
        const value = evaluate(document) ?? {};
        if (!isDocument(value)) {
          throw locationFailure(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
        }
        for (const [name, inner] of Object.entries(value)) setOwn(merged, name, inner);
      },
      result: () => merged,
    };
  };

const own: Record<string, (evaluate: Evaluate) => NewAccumulation> = {
  $sum: summing,
  $avg: averaging,
  $stdDevPop: spreading('all'),
  $stdDevSamp: spreading('sample'),
  $min: choosing(-1),
  $max: choosing(1),
  $first: first,
  $last: last,
  $push: listing,
  $addToSet: collecting,
  $mergeObjects: merging,
  $count: () => summing(() => 1),
};

/** The library's accumulators work on the whole group at its end. */
const borrowed = (operator: string, operand: unknown, variables: Variables): NewAccumulation => {
  if (!(operator in accumulators) || operator === '$accumulator') {
    throw locationFailure(15952, `unknown group operator '${operator}'`);
  }
  const normal = readExpression(operand, variables);
  return () => {
    const documents: Document[] = [];
    const options = { context, variables } as never;
    return {
      add: (document) => documents.push(document),
      result: () => refusing(() => evalExpr(documents as never, { [operator]: normal } as never, options)),
    };
  };
};

const compile = (field: string, accumulator: unknown, variables: Variables): NewAccumulation => {
  if (field.includes('.')) throw locationFailure(40235, `The field name '${field}' cannot contain '.'`);
  const [entry, ...others] = isDocument(accumulator) ? Object.entries(accumulator) : [];
  if (!entry) throw locationFailure(40234, `The field '${field}' must be an accumulator object`);
  if (others.length > 0) throw locationFailure(40238, `The field '${field}' must specify one accumulator`);
  const [operator, operand] = entry;
  if (/^\$(top|bottom)N?$/.test(operator)) return topAccumulation(operator, operand, variables);
  const known = own[operator];
  if (!known) return borrowed(operator, operand, variables);
  if (!Array.isArray(operand)) return known(plainExpression(operand, variables));
  if (operand.length !== 1) throw locationFailure(40237, `The ${operator} accumulator is a unary operator`);
  return known(plainExpression(operand[0], variables));
};

interface Group {
  readonly id: unknown;
  readonly accumulations: readonly Accumulation[];
}

/** Groups by what `idOf` gives for a document, which counts as null when it is nothing. */
export const groupBy = (idOf: Evaluate, fields: Document, variables: Variables): GroupStage => {
  const names = Object.keys(fields);
  const makers = names.map((name) => compile(name, fields[name], variables));
  return (documents) => {
    const groups = new Map<string, Group>();
    for (const document of documents) {
      const id = idOf(document) ?? null;
      const key = orderKey(id);
      let found = groups.get(key);
      if (!found) groups.set(key, (found = { id, accumulations: makers.map((make) => make()) }));
      for (const accumulation of found.accumulations) accumulation.add(document);
    }
    return [...groups.values()].map(({ id, accumulations }) =>
      Object.fromEntries([['_id', id], ...names.map((name, at) => [name, accumulations[at]!.result()])]),
    );
  };
};

type GroupStage = (documents: Iterable<Document>) => Document[];

export const group = (specification: unknown, variables: Variables): GroupStage => {
  if (!isDocument(specification)) throw locationFailure(15947, "a group's fields must be specified in an object");
  if (!('_id' in specification)) throw locationFailure(15955, 'a group specification must include an _id');
  const { _id, ...fields } = specification;
  return groupBy(plainExpression(_id, variables), fields, variables);
};
